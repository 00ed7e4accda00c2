//! Which tile is fetched next: the nearest to where one looks; one that failed waits a while. Pure.

/// The tiles of a town and how far each is.
#[derive(Debug)]
pub struct Queue {
    tiles: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Its middle, metres from the city's origin.
    middle: [f64; 2],
    state: State,
    /// Tries so far.
    tries: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Not before this moment, milliseconds.
    Waiting(f64),
    Loading,
    Shown,
}

/// Waits after the first, second... failure, seconds; the last holds on.
const WAITS_S: [u32; 5] = [2, 4, 8, 16, 30];

impl Queue {
    /// A queue of tiles by their middles.
    pub fn new(middles: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let entry = |middle| Entry { middle, state: State::Waiting(0.0), tries: 0 };
        Self { tiles: middles.into_iter().map(entry).collect() }
    }

    /// Takes the tile to fetch now, if any: its place and which try this is.
    pub fn take(&mut self, look_at: [f64; 2], now_ms: f64) -> Option<(usize, u32)> {
        let away = |e: &Entry| (e.middle[0] - look_at[0]).hypot(e.middle[1] - look_at[1]);
        let due = |e: &Entry| matches!(e.state, State::Waiting(from) if from <= now_ms);
        let (place, entry) = (self.tiles.iter_mut().enumerate()).filter(|(_, e)| due(e)).min_by(|(_, a), (_, b)| {
            (a.tries, away(a)).partial_cmp(&(b.tries, away(b))).unwrap_or(std::cmp::Ordering::Equal)
        })?;
        entry.state = State::Loading;
        entry.tries += 1;
        Some((place, entry.tries))
    }

    /// A tile could not be had. Returns after how many seconds it is tried again.
    pub fn failed(&mut self, place: usize, now_ms: f64) -> u32 {
        let Some(entry) = self.tiles.get_mut(place) else { return 0 };
        let wait = WAITS_S[(entry.tries.max(1) as usize - 1).min(WAITS_S.len() - 1)];
        entry.state = State::Waiting(now_ms + f64::from(wait) * 1000.0);
        wait
    }

    /// A tile is on screen. Returns whether it had been missing.
    pub fn done(&mut self, place: usize) -> bool {
        let Some(entry) = self.tiles.get_mut(place) else { return false };
        entry.state = State::Shown;
        entry.tries > 1
    }

    /// Nobody needs to wait any longer.
    pub fn retry_now(&mut self) {
        for entry in &mut self.tiles {
            if let State::Waiting(from) = &mut entry.state {
                *from = 0.0;
            }
        }
    }

    /// Tiles on screen, of all.
    pub fn progress(&self) -> (u32, u32) {
        let shown = self.tiles.iter().filter(|e| e.state == State::Shown).count();
        (shown as u32, self.tiles.len() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town() -> Queue {
        Queue::new([[0.0, 0.0], [1000.0, 0.0], [2000.0, 0.0]])
    }

    #[test]
    fn the_nearest_comes_first_and_each_only_once() {
        let mut queue = town();
        assert_eq!(queue.take([1900.0, 0.0], 0.0), Some((2, 1)));
        assert_eq!(queue.take([0.0, 0.0], 0.0), Some((0, 1)));
        assert_eq!(queue.take([0.0, 0.0], 0.0), Some((1, 1)));
        assert_eq!(queue.take([0.0, 0.0], 1e9), None);
        assert!(!queue.done(1));
        assert_eq!(queue.progress(), (1, 3));
    }

    #[test]
    fn a_missing_tile_waits_longer_each_time_and_its_return_is_noticed() {
        let mut queue = Queue::new([[0.0, 0.0]]);
        let mut now = 0.0;
        for (i, wait) in [2, 4, 8, 16, 30, 30, 30].into_iter().enumerate() {
            assert_eq!(queue.take([0.0, 0.0], now), Some((0, i as u32 + 1)));
            assert_eq!(queue.failed(0, now), wait);
            assert_eq!(queue.take([0.0, 0.0], now + f64::from(wait) * 1000.0 - 1.0), None);
            now += f64::from(wait) * 1000.0;
        }
        queue.take([0.0, 0.0], now);
        assert!(queue.done(0));
    }

    #[test]
    fn a_missing_tile_does_not_hold_up_the_others() {
        let mut queue = town();
        let (first, _) = queue.take([0.0, 0.0], 0.0).unwrap_or_default();
        queue.failed(first, 0.0);
        assert_eq!(queue.take([0.0, 0.0], 5000.0), Some((1, 1)));
    }

    #[test]
    fn asking_again_ends_the_wait() {
        let mut queue = Queue::new([[0.0, 0.0]]);
        queue.take([0.0, 0.0], 0.0);
        queue.failed(0, 0.0);
        queue.retry_now();
        assert_eq!(queue.take([0.0, 0.0], 1.0), Some((0, 2)));
    }

    #[test]
    fn a_place_that_is_not_there_changes_nothing() {
        let mut queue = town();
        assert_eq!((queue.failed(9, 0.0), queue.done(9)), (0, false));
    }
}
