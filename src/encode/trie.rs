//! Reading a double-array trie in the layout that `yada` and the normaliser's character map share.

/// A double-array trie over borrowed units; every access is checked, so a damaged one cannot make us panic.
#[derive(Clone, Copy)]
pub(super) struct Trie<'m>(pub(super) &'m [u32]);

/// A place in the trie, on the way through one key.
#[derive(Clone, Copy)]
pub(super) struct Node {
    at: usize,
    unit: u32,
}

impl Trie<'_> {
    pub(super) fn root(self) -> Node {
        Node { at: 0, unit: self.unit(0) }
    }

    /// The node below `node` along `byte`.
    #[inline]
    pub(super) fn step(self, node: Node, byte: u8) -> Option<Node> {
        let at = node.at ^ offset(node.unit) ^ usize::from(byte);
        let unit = self.unit(at);
        // A leaf carries the top bit, so that it matches no byte; no key holds a zero byte.
        (unit & 0x8000_00ff == u32::from(byte) && byte != 0).then_some(Node { at, unit })
    }

    /// The value of the key that ends at `node`.
    #[inline]
    pub(super) fn value(self, node: Node) -> Option<u32> {
        (node.unit & 0x100 != 0).then(|| self.unit(node.at ^ offset(node.unit)) & 0x7fff_ffff)
    }

    #[inline]
    fn unit(self, at: usize) -> u32 {
        self.0.get(at).copied().unwrap_or(0)
    }
}

#[inline]
fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}
