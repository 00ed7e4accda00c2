//! How much of the picture is left out while it moves, on a device that cannot keep up: less detail and no patterns first,
//! then fewer pixels, until thirty pictures a second are held. A picture at rest is always whole. Pure.

/// Slower than this is too slow, milliseconds from one picture to the next: thirty a second, with room for a late one.
const SLOW_MS: f64 = 36.0;
/// Faster than this leaves room for more: a screen's own sixty a second.
const QUICK_MS: f64 = 18.0;
/// Pictures further apart than this are not of one movement, milliseconds.
const APART_MS: f64 = 700.0;
/// So many slow pictures in a row, and a step is left out.
const SLOW_ROW: u8 = 3;
/// So many quick ones in a row, and it comes back: many more, so that it does not go to and fro.
const QUICK_ROW: u8 = 60;

/// What is drawn, as shares of all there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Of the distance up to which something is drawn whole.
    pub detail: f64,
    /// Of the pixels along each side of the picture.
    pub pixels: f64,
    /// Whether roofs have their patterns.
    pub patterns: bool,
}

/// All of it.
const WHOLE: Share = Share { detail: 1.0, pixels: 1.0, patterns: true };
/// From all to the least.
const STEPS: [Share; 5] = [
    WHOLE,
    Share { detail: 0.7, pixels: 1.0, patterns: false },
    Share { detail: 0.5, pixels: 1.0, patterns: false },
    Share { detail: 0.5, pixels: 0.85, patterns: false },
    Share { detail: 0.5, pixels: 0.7, patterns: false },
];

/// Where the processor draws, a movement begins with these: it is known to be slow, and the stutter of finding out is spared.
const FIRST_OF_PROCESSOR: usize = 2;

/// How fast pictures follow each other, and what is left out of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ease {
    step: usize,
    moves: bool,
    /// Something was left out of what is on screen.
    lacks: bool,
    last_ms: Option<f64>,
    slow: u8,
    quick: u8,
}

impl Ease {
    /// What a movement begins with, where the processor draws or a graphics card.
    pub fn on(is_processor: bool) -> Self {
        Self { step: if is_processor { FIRST_OF_PROCESSOR } else { 0 }, ..Self::default() }
    }

    /// A frame begins; `moves` where the camera has moved since the last.
    pub fn frame(&mut self, moves: bool) {
        self.moves = moves;
    }

    /// The frame is drawn, `now` in milliseconds.
    pub fn picture(&mut self, now: f64) {
        self.lacks = self.share() != WHOLE;
        // One that follows on a picture at rest says nothing: it may have been asked for long after.
        let last = std::mem::replace(&mut self.last_ms, self.moves.then_some(now)).filter(|_| self.moves);
        let Some(took) = last.map(|last| now - last).filter(|took| *took < APART_MS) else { return };
        self.slow = if took > SLOW_MS { self.slow + 1 } else { 0 };
        self.quick = if took < QUICK_MS { self.quick + 1 } else { 0 };
        if self.slow >= SLOW_ROW {
            (self.slow, self.step) = (0, (self.step + 1).min(STEPS.len() - 1));
        } else if self.quick >= QUICK_ROW {
            (self.quick, self.step) = (0, self.step.saturating_sub(1));
        }
    }

    /// Whether something was left out of the picture that is on screen.
    pub const fn lacks(&self) -> bool {
        self.lacks
    }

    /// What is drawn of this frame.
    pub fn share(&self) -> Share {
        if self.moves { STEPS[self.step] } else { WHOLE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pictures of a movement, each so long after the one before.
    fn moved(ease: &mut Ease, from: f64, apart: f64, count: u32) -> f64 {
        (0..count).fold(from, |now, _| {
            ease.frame(true);
            ease.picture(now + apart);
            now + apart
        })
    }

    #[test]
    fn a_device_that_keeps_up_draws_all() {
        let mut ease = Ease::default();
        moved(&mut ease, 0.0, 30.0, 200);
        assert_eq!(ease.share(), WHOLE);
    }

    #[test]
    fn a_slow_one_draws_less_while_it_moves_and_all_at_rest() {
        let mut ease = Ease::default();
        let now = moved(&mut ease, 0.0, 90.0, 4);
        assert_eq!(ease.share(), STEPS[1]);
        let now = moved(&mut ease, now, 90.0, 30);
        assert_eq!(ease.share(), STEPS[STEPS.len() - 1]);
        assert!(ease.lacks());
        // Whatever is drawn after it without a movement is whole.
        ease.frame(false);
        assert_eq!(ease.share(), WHOLE);
        ease.picture(now + 40.0);
        assert!(!ease.lacks());
        // The next movement begins with what it can draw.
        ease.frame(true);
        assert_eq!(ease.share(), STEPS[STEPS.len() - 1]);
    }

    #[test]
    fn where_the_processor_draws_the_first_movement_is_eased_and_a_picture_at_rest_is_whole() {
        let mut ease = Ease::on(true);
        assert_eq!(ease.share(), WHOLE);
        ease.frame(true);
        assert_eq!(ease.share(), STEPS[FIRST_OF_PROCESSOR]);
        moved(&mut ease, 0.0, 16.7, 200);
        assert_eq!(ease.share(), WHOLE, "a quick one draws all");
    }

    #[test]
    fn a_movement_that_begins_soon_after_a_picture_at_rest_is_not_a_slow_one() {
        let mut ease = Ease::default();
        let mut now = 0.0;
        for _ in 0..20 {
            ease.frame(false);
            ease.picture(now);
            ease.frame(true);
            ease.picture(now + 300.0);
            now += 1_000.0;
        }
        ease.frame(true);
        assert_eq!(ease.share(), WHOLE);
    }

    #[test]
    fn what_was_left_out_comes_back_when_there_is_room() {
        let mut ease = Ease::default();
        let now = moved(&mut ease, 0.0, 90.0, 40);
        let now = moved(&mut ease, now, 25.0, 400);
        assert_eq!(ease.share(), STEPS[STEPS.len() - 1], "held, and no room for more");
        moved(&mut ease, now, 16.7, 400);
        assert_eq!(ease.share(), WHOLE);
    }

    #[test]
    fn a_pause_is_no_slow_picture() {
        let mut ease = Ease::default();
        moved(&mut ease, 0.0, 1_500.0, 50);
        assert_eq!(ease.share(), WHOLE);
    }
}
