//! Changes to a sample: always the same for the same seed.

/// Words that readers stumble over.
const WORDS: [&[u8]; 26] = [
    b"-1",
    b"1e308",
    b"-1e999",
    b"NaN",
    b"null",
    b"9999999999999999",
    b"99999999999999999999",
    b"0.0000001",
    b"true",
    b"[[[[[[[[[[[[[[[[",
    b"]]]]",
    b"{\"a\":{\"a\":{\"a\":{",
    b"\"",
    b"\\",
    b"\\ud800",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b";",
    b"\r\n",
    b"<a>",
    b"</",
    b"&lt;",
    b"&#x110000;",
    b"<![CDATA[",
    b"NL.IMBAG.Pand.",
];

const NUMBERS: [u32; 8] = [0, 1, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/// Numbers that look like chance (`SplitMix64`).
pub struct Chance(u64);

impl Chance {
    /// The row of this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// A sample with some changes, at most 64 kB long.
pub fn mutate(chance: &mut Chance, sample: &[u8], other: &[u8]) -> Vec<u8> {
    let mut data = sample.to_vec();
    for _ in 0..=chance.below(6) {
        change(chance, &mut data, other);
    }
    data.truncate(64 << 10);
    data
}

fn change(chance: &mut Chance, data: &mut Vec<u8>, other: &[u8]) {
    if data.is_empty() {
        data.extend_from_slice(other);
        return;
    }
    let at = chance.below(data.len());
    let length = 1 + chance.below(16.min(data.len() - at));
    match chance.below(10) {
        0 => data[at] ^= 1 << chance.below(8),
        1 => data[at] = chance.below(256) as u8,
        2 => drop(data.drain(at..at + length)),
        3 => {
            let piece = data[at..at + length].to_vec();
            for _ in 0..=chance.below(8) {
                data.splice(at..at, piece.iter().copied());
            }
        }
        4 => {
            let word = WORDS[chance.below(WORDS.len())];
            let end = (at + chance.below(word.len() + 1)).min(data.len());
            data.splice(at..end, word.iter().copied());
        }
        5 => {
            let number = NUMBERS[chance.below(NUMBERS.len())].to_le_bytes();
            let end = (at + 4).min(data.len());
            data[at..end].copy_from_slice(&number[..end - at]);
        }
        6 => data.truncate(at),
        7 if !other.is_empty() => {
            let from = chance.below(other.len());
            data.truncate(at);
            data.extend_from_slice(&other[from..]);
        }
        8 => {
            // One digit of a number.
            let digits: Vec<usize> = (0..data.len()).filter(|&i| data[i].is_ascii_digit()).collect();
            if let Some(&i) = digits.get(chance.below(digits.len().max(1))) {
                data[i] = b'0' + chance.below(10) as u8;
            }
        }
        _ => {
            let depth = 1 << (4 + chance.below(9));
            let opening = [b'[', b'{', b'(', b'<'][chance.below(4)];
            data.splice(at..at, std::iter::repeat_n(opening, depth));
        }
    }
}
