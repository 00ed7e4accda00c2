//! Things that hang together: groups that grow by joining two members.

/// A partition of `0..n` in groups.
pub struct Groups {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Groups {
    /// Everything on its own.
    pub fn new(n: usize) -> Self {
        Self { parent: (0..n).collect(), size: vec![1; n] }
    }

    /// The member that stands for the group of `i`.
    pub fn of(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    /// Makes one group of two; whether they were two.
    pub fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        if a == b {
            return false;
        }
        let (small, large) = if self.size[a] < self.size[b] { (a, b) } else { (b, a) };
        self.parent[small] = large;
        self.size[large] += self.size[small];
        true
    }

    /// The members of each group, groups in the order of their first member.
    pub fn members(&mut self) -> Vec<Vec<usize>> {
        let mut place = vec![usize::MAX; self.parent.len()];
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for i in 0..self.parent.len() {
            let head = self.of(i);
            if place[head] == usize::MAX {
                place[head] = groups.len();
                groups.push(Vec::new());
            }
            groups[place[head]].push(i);
        }
        groups
    }
}
