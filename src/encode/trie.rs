//! A reader of double-array tries in the layout that `yada` and the normaliser's character map share.

/// A double-array trie over borrowed units; every access is checked, so that a damaged one causes no panic.
#[derive(Clone, Copy)]
pub(super) struct Trie<'m>(pub(super) &'m [u32]);

/// A node of the trie.
#[derive(Clone, Copy)]
pub(super) struct TrieNode {
    at: usize,
    unit: u32,
}

impl Trie<'_> {
    pub(super) fn root_node(self) -> TrieNode {
        TrieNode { at: 0, unit: self.unit_at(0) }
    }

    /// The node below `node` along `byte`.
    #[inline]
    pub(super) fn child_node(self, node: TrieNode, byte: u8) -> Option<TrieNode> {
        let at = node.at ^ child_offset(node.unit) ^ usize::from(byte);
        let unit = self.unit_at(at);
        // A leaf has the top bit set, so that it matches no byte; no key contains a zero byte.
        (unit & 0x8000_00ff == u32::from(byte) && byte != 0).then_some(TrieNode { at, unit })
    }

    /// The value of the key that ends at `node`.
    #[inline]
    pub(super) fn node_value(self, node: TrieNode) -> Option<u32> {
        (node.unit & 0x100 != 0).then(|| self.unit_at(node.at ^ child_offset(node.unit)) & 0x7fff_ffff)
    }

    #[inline]
    fn unit_at(self, at: usize) -> u32 {
        self.0.get(at).copied().unwrap_or(0)
    }
}

#[inline]
fn child_offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}
