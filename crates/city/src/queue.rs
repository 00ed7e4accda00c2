//! Which tile is fetched next, and how much of it: what is in sight first, the nearest first; one that failed waits a
//! while. And which are let go of when there are too many. Pure.

use gasvrij3d::mesh::Detail;

use crate::sight::Sight;

/// The tiles of a town: where each is, and what is there of it.
#[derive(Debug)]
pub struct Queue {
    tiles: Vec<Entry>,
    /// No more than this many are kept.
    most: usize,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Its middle, metres from the city's origin.
    middle: [f64; 2],
    has: Option<Detail>,
    is_loading: bool,
    /// Not before this moment, milliseconds.
    from_ms: f64,
    /// Tries since it was last had.
    tries: u32,
}

impl Entry {
    fn lacks(&self, wanted: Detail) -> bool {
        self.has.is_none_or(|has| has < wanted)
    }
}

/// What is to be fetched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Next {
    /// The place of the tile.
    pub place: usize,
    /// How much of it.
    pub detail: Detail,
    /// Which try this is.
    pub attempt: u32,
}

/// Waits after the first, second... failure, seconds; the last holds on.
const WAITS_S: [u32; 5] = [2, 4, 8, 16, 30];

impl Queue {
    /// A queue of tiles by their middles, of which at most so many are kept.
    pub fn new(middles: impl IntoIterator<Item = [f64; 2]>, most: usize) -> Self {
        let entry = |middle| Entry { middle, has: None, is_loading: false, from_ms: 0.0, tries: 0 };
        Self { tiles: middles.into_iter().map(entry).collect(), most }
    }

    /// Whether something that is in sight is on its way.
    pub fn awaits(&self, sight: &Sight) -> bool {
        self.tiles.iter().any(|e| e.is_loading && sight.sees(e.middle))
    }

    /// Takes what to fetch now, if anything; what is out of sight only where that is not in the way of something else.
    pub fn take(&mut self, sight: &Sight, now_ms: f64, around: bool) -> Option<Next> {
        let is_full = self.kept() >= self.most;
        let due = |e: &Entry| {
            let (seen, wanted) = (sight.sees(e.middle), sight.wanted(e.middle));
            let open = !e.is_loading && e.from_ms <= now_ms && e.lacks(wanted) && (seen || (around && !is_full));
            // What is in sight and not there, then what is there but coarse, then what is around the corner.
            let class = if seen { u8::from(e.has.is_some()) } else { 2 };
            open.then(|| (wanted, (e.tries, class, sight.away(e.middle))))
        };
        let all =
            self.tiles.iter().enumerate().filter_map(|(place, e)| due(e).map(|(wanted, rank)| (place, wanted, rank)));
        let (place, detail, _) =
            all.min_by(|(.., a), (.., b)| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal))?;
        let entry = &mut self.tiles[place];
        entry.is_loading = true;
        entry.tries += 1;
        Some(Next { place, detail, attempt: entry.tries })
    }

    /// Takes what else of these is wanted at its first try, where all of them, with the one that was taken, are `worth_it`: one
    /// file has them all, and what of it is not wanted comes for nothing. With what is far comes nothing that is near.
    pub fn take_others(
        &mut self,
        taken: &Next,
        together: &[usize],
        sight: &Sight,
        around: bool,
        worth_it: impl FnOnce(&[usize]) -> bool,
    ) -> Vec<Next> {
        if taken.attempt > 1 {
            return Vec::new();
        }
        let wanted = |&place: &usize| {
            let e = self.tiles.get(place)?;
            let detail = sight.wanted(e.middle);
            let is_open = !e.is_loading && e.tries == 0 && e.lacks(detail) && detail.min(taken.detail) == detail;
            (is_open && (around || sight.sees(e.middle))).then_some(Next { place, detail, attempt: 1 })
        };
        let others: Vec<Next> = together.iter().filter_map(wanted).collect();
        let places: Vec<usize> = others.iter().map(|next| next.place).chain([taken.place]).collect();
        if others.is_empty() || !worth_it(&places) {
            return Vec::new();
        }
        for next in &others {
            let entry = &mut self.tiles[next.place];
            (entry.is_loading, entry.tries) = (true, 1);
        }
        others
    }

    /// A tile could not be had. Returns after how many seconds it is tried again.
    pub fn failed(&mut self, place: usize, now_ms: f64) -> u32 {
        let Some(entry) = self.tiles.get_mut(place) else { return 0 };
        let wait = WAITS_S[(entry.tries.max(1) as usize - 1).min(WAITS_S.len() - 1)];
        entry.is_loading = false;
        entry.from_ms = now_ms + f64::from(wait) * 1000.0;
        wait
    }

    /// A tile is there. Returns whether it had been missing.
    pub fn done(&mut self, place: usize, detail: Detail) -> bool {
        let Some(entry) = self.tiles.get_mut(place) else { return false };
        let was_missing = entry.tries > 1;
        (entry.has, entry.is_loading, entry.tries) = (Some(detail), false, 0);
        was_missing
    }

    /// What is there of a tile.
    pub fn has(&self, place: usize) -> Option<Detail> {
        self.tiles.get(place).and_then(|e| e.has)
    }

    /// Lets go of what is not needed from here: returns the tiles with what is kept of each, if anything.
    pub fn let_go(&mut self, sight: &Sight) -> Vec<(usize, Option<Detail>)> {
        let mut gone = Vec::new();
        for (place, e) in self.tiles.iter_mut().enumerate() {
            if e.has == Some(Detail::Full) && sight.is_far(e.middle) {
                e.has = Some(Detail::Far);
                gone.push((place, e.has));
            }
        }
        let too_many = self.kept().saturating_sub(self.most);
        if too_many > 0 {
            let mut unseen: Vec<usize> = (0..self.tiles.len())
                .filter(|&i| self.tiles[i].has.is_some() && !sight.sees(self.tiles[i].middle))
                .collect();
            unseen.sort_by(|&a, &b| sight.away(self.tiles[b].middle).total_cmp(&sight.away(self.tiles[a].middle)));
            for place in unseen.into_iter().take(too_many) {
                self.tiles[place].has = None;
                gone.push((place, None));
            }
        }
        gone
    }

    /// Nobody needs to wait any longer.
    pub fn retry_now(&mut self) {
        for entry in &mut self.tiles {
            entry.from_ms = 0.0;
        }
    }

    /// Whether all that is in sight is there in the detail that is seen.
    pub fn is_satisfied(&self, sight: &Sight) -> bool {
        self.tiles.iter().all(|e| !sight.sees(e.middle) || !e.lacks(sight.wanted(e.middle)))
    }

    /// Of the tiles in sight, those that are there, and all.
    pub fn seen(&self, sight: &Sight) -> (u32, u32) {
        let seen = self.tiles.iter().filter(|e| sight.sees(e.middle));
        seen.fold((0, 0), |(there, all), e| (there + u32::from(e.has.is_some()), all + 1))
    }

    /// Tiles that are there, of all that can be.
    pub fn progress(&self) -> (u32, u32) {
        (self.kept() as u32, self.tiles.len().min(self.most) as u32)
    }

    fn kept(&self) -> usize {
        self.tiles.iter().filter(|e| e.has.is_some()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orbit::{Orbit, Screen};

    /// Looking down on a place from a height.
    fn over(x: f64, distance: f64) -> Sight {
        let view = Orbit { target: [x, 0.0], distance, heading: 0.0, tilt: 0.0 };
        Sight::new(view, Screen { width: 1280.0, height: 720.0 }, 1.0)
    }

    fn town() -> Queue {
        Queue::new([[0.0, 0.0], [1000.0, 0.0], [2000.0, 0.0]], 9)
    }

    fn taken(queue: &mut Queue, sight: &Sight, now: f64) -> Option<(usize, u32)> {
        queue.take(sight, now, true).map(|next| (next.place, next.attempt))
    }

    #[test]
    fn the_nearest_comes_first_and_each_only_once() {
        let (mut queue, sight) = (town(), over(1900.0, 9000.0));
        for place in [2, 1, 0] {
            assert_eq!(queue.take(&sight, 0.0, true), Some(Next { place, detail: Detail::Furthest, attempt: 1 }));
        }
        assert_eq!(queue.take(&sight, 1e9, true), None);
        assert!(!queue.done(1, Detail::Far));
        assert_eq!(queue.progress(), (1, 3));
    }

    #[test]
    fn from_nearby_a_tile_is_wanted_whole_and_what_is_out_of_sight_comes_last() {
        let (mut queue, street) = (town(), over(0.0, 300.0));
        assert_eq!(queue.take(&street, 0.0, true), Some(Next { place: 0, detail: Detail::Full, attempt: 1 }));
        assert!(queue.awaits(&street) && queue.take(&street, 0.0, false).is_none());
        assert_eq!(queue.seen(&street), (0, 1));
        queue.done(0, Detail::Full);
        assert_eq!(queue.seen(&street), (1, 1));
        assert!(queue.is_satisfied(&street) && !queue.awaits(&street));
        assert_eq!(queue.take(&street, 0.0, true), Some(Next { place: 1, detail: Detail::Far, attempt: 1 }));
        assert!(!queue.awaits(&street));
    }

    #[test]
    fn from_afar_a_whole_block_is_taken_at_once_where_most_of_it_is_wanted() {
        let (mut queue, afar, street) = (town(), over(1000.0, 9000.0), over(0.0, 300.0));
        let places = |next: Vec<Next>| next.into_iter().map(|next| next.place).collect::<Vec<_>>();
        let first = queue.take(&afar, 0.0, true).unwrap();
        assert_eq!(first.place, 1);
        assert!(queue.take_others(&first, &[0, 1, 2], &afar, true, |all| all.len() > 3).is_empty(), "not worth it");
        assert_eq!(places(queue.take_others(&first, &[0, 1, 2], &afar, true, |all| all.len() == 3)), [0, 2]);
        assert!(queue.take(&afar, 0.0, true).is_none(), "all are on their way");
        // One that failed comes by itself.
        queue.failed(0, 0.0);
        let again = queue.take(&afar, 1e9, true).unwrap();
        assert!(queue.take_others(&again, &[0, 1, 2], &afar, true, |_| true).is_empty());
        // What is near comes with what is far, and not the other way round.
        let (mut queue, near) = (town(), Next { place: 0, detail: Detail::Full, attempt: 1 });
        assert_eq!(queue.take(&street, 0.0, true), Some(near));
        assert_eq!(places(queue.take_others(&near, &[0, 1, 2], &street, true, |_| true)), [1, 2]);
        let (mut queue, far) = (town(), Next { place: 2, detail: Detail::Far, attempt: 1 });
        assert_eq!(places(queue.take_others(&far, &[0, 1], &street, true, |_| true)), [1]);
    }

    #[test]
    fn all_that_is_missing_comes_before_what_is_only_coarse() {
        let (mut queue, near) = (town(), over(0.0, 1500.0));
        queue.done(0, Detail::Far);
        assert_eq!(queue.take(&near, 0.0, true).map(|n| n.place), Some(1));
        assert_eq!(queue.take(&near, 0.0, true), Some(Next { place: 0, detail: Detail::Full, attempt: 1 }));
    }

    #[test]
    fn what_is_seen_from_very_far_comes_again_with_more_when_it_is_nearer() {
        let (mut queue, afar) = (Queue::new([[0.0, 0.0]], 9), over(0.0, 9000.0));
        assert_eq!(queue.take(&afar, 0.0, true).map(|n| n.detail), Some(Detail::Furthest));
        queue.done(0, Detail::Furthest);
        assert!(queue.is_satisfied(&afar) && queue.take(&afar, 0.0, true).is_none());
        for (distance, wanted) in [(2500.0, Detail::Far), (1000.0, Detail::Full)] {
            assert!(!queue.is_satisfied(&over(0.0, distance)));
            assert_eq!(queue.take(&over(0.0, distance), 0.0, true).map(|n| n.detail), Some(wanted));
            queue.done(0, wanted);
        }
    }

    #[test]
    fn what_is_far_away_is_let_go_of_in_part_and_comes_back_whole() {
        let (mut queue, street) = (town(), over(0.0, 300.0));
        queue.done(0, Detail::Full);
        assert!(queue.let_go(&street).is_empty());
        assert_eq!(queue.let_go(&over(0.0, 9000.0)), [(0, Some(Detail::Far))]);
        assert_eq!(queue.has(0), Some(Detail::Far));
        assert_eq!(queue.take(&street, 0.0, true), Some(Next { place: 0, detail: Detail::Full, attempt: 1 }));
    }

    #[test]
    fn of_too_many_tiles_the_furthest_out_of_sight_go() {
        let mut queue = Queue::new((0..10).map(|i| [f64::from(i) * 1000.0, 0.0]), 4);
        let street = over(0.0, 300.0);
        for place in 0..10 {
            queue.done(place, Detail::Far);
        }
        let gone: Vec<usize> = queue.let_go(&street).into_iter().map(|(place, _)| place).collect();
        assert_eq!(gone, [9, 8, 7, 6, 5, 4]);
        assert_eq!(queue.progress(), (4, 4));
        // Nothing comes to take their place, but what comes in sight does.
        assert_eq!(queue.take(&street, 0.0, true).map(|n| (n.place, n.detail)), Some((0, Detail::Full)));
        assert_eq!(queue.take(&street, 0.0, true), None);
        assert_eq!(queue.take(&over(9000.0, 300.0), 0.0, true).map(|n| n.place), Some(9));
    }

    #[test]
    fn a_missing_tile_waits_longer_each_time_and_its_return_is_noticed() {
        let (mut queue, sight) = (Queue::new([[0.0, 0.0]], 9), over(0.0, 9000.0));
        let mut now = 0.0;
        for (i, wait) in [2, 4, 8, 16, 30, 30, 30].into_iter().enumerate() {
            assert_eq!(taken(&mut queue, &sight, now), Some((0, i as u32 + 1)));
            assert_eq!(queue.failed(0, now), wait);
            assert_eq!(taken(&mut queue, &sight, now + f64::from(wait) * 1000.0 - 1.0), None);
            now += f64::from(wait) * 1000.0;
        }
        taken(&mut queue, &sight, now);
        assert!(queue.done(0, Detail::Far));
    }

    #[test]
    fn a_missing_tile_does_not_hold_up_the_others() {
        let (mut queue, sight) = (town(), over(0.0, 9000.0));
        let (first, _) = taken(&mut queue, &sight, 0.0).unwrap_or_default();
        queue.failed(first, 0.0);
        assert_eq!(taken(&mut queue, &sight, 5000.0), Some((1, 1)));
    }

    #[test]
    fn asking_again_ends_the_wait() {
        let (mut queue, sight) = (Queue::new([[0.0, 0.0]], 9), over(0.0, 9000.0));
        taken(&mut queue, &sight, 0.0);
        queue.failed(0, 0.0);
        queue.retry_now();
        assert_eq!(taken(&mut queue, &sight, 1.0), Some((0, 2)));
    }

    #[test]
    fn a_place_that_is_not_there_changes_nothing() {
        let mut queue = town();
        assert_eq!((queue.failed(9, 0.0), queue.done(9, Detail::Far)), (0, false));
    }
}
