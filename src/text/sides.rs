use std::ops::{Index, IndexMut};

/// One of the two versions of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Which {
    /// The reference version.
    A,
    /// The version that is compared with it.
    B,
}

impl Which {
    /// Both, in order.
    pub const BOTH_SIDES: [Self; 2] = [Self::A, Self::B];

    /// The other one.
    #[must_use]
    pub fn other_side(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// Its place in a list of the two versions: 0 or 1.
    #[must_use]
    pub fn list_index(self) -> usize {
        match self {
            Self::A => 0,
            Self::B => 1,
        }
    }

    /// Its letter in reports.
    #[must_use]
    pub fn side_letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }
}

/// One value for each of the two versions of a pair, indexed by [`Which`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides<T> {
    /// The value of A.
    pub a: T,
    /// The value of B.
    pub b: T,
}

impl<T> Sides<T> {
    /// The values of both versions.
    pub fn new(a: T, b: T) -> Self {
        Self { a, b }
    }

    /// The results of `make` for each version, A first.
    pub fn from_fn(mut make: impl FnMut(Which) -> T) -> Self {
        Self { a: make(Which::A), b: make(Which::B) }
    }

    /// The results of `change` for each value, A first.
    pub fn map_sides<U>(self, mut change: impl FnMut(T) -> U) -> Sides<U> {
        Sides { a: change(self.a), b: change(self.b) }
    }

    /// References to both values.
    pub fn as_ref(&self) -> Sides<&T> {
        Sides { a: &self.a, b: &self.b }
    }

    /// Each value with its version, A first.
    pub fn iter_sides(&self) -> impl Iterator<Item = (Which, &T)> {
        [(Which::A, &self.a), (Which::B, &self.b)].into_iter()
    }
}

impl<T> From<[T; 2]> for Sides<T> {
    fn from([a, b]: [T; 2]) -> Self {
        Self { a, b }
    }
}

impl<T> From<(T, T)> for Sides<T> {
    fn from((a, b): (T, T)) -> Self {
        Self { a, b }
    }
}

impl<T> From<Sides<T>> for [T; 2] {
    fn from(Sides { a, b }: Sides<T>) -> Self {
        [a, b]
    }
}

impl<T> Index<Which> for Sides<T> {
    type Output = T;

    fn index(&self, which: Which) -> &T {
        match which {
            Which::A => &self.a,
            Which::B => &self.b,
        }
    }
}

impl<T> IndexMut<Which> for Sides<T> {
    fn index_mut(&mut self, which: Which) -> &mut T {
        match which {
            Which::A => &mut self.a,
            Which::B => &mut self.b,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_has_its_own() {
        let mut sides = Sides::from_fn(|which| which.side_letter().to_owned());
        sides[Which::B].push('!');
        assert_eq!(<[String; 2]>::from(sides.clone()), ["A", "B!"]);
        assert_eq!(sides.as_ref().map_sides(String::len), Sides::new(1, 2));
        assert_eq!(sides[Which::A.other_side()], "B!");
        assert_eq!(
            sides.iter_sides().map(|(which, own)| (which.side_letter(), own.len())).collect::<Vec<_>>(),
            [("A", 1), ("B", 2)]
        );
    }
}
