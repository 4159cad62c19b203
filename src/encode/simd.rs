//! Which vector instructions the encoder computes with.

use std::sync::OnceLock;

use pulp::Arch;

static CHOSEN: OnceLock<Arch> = OnceLock::new();

/// A set of vector instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instructions {
    /// AVX2 with fused multiply-add, 256 bits.
    Avx2,
    /// AVX-512, 512 bits.
    Avx512,
}

/// Computes with these from now on. `false`, and nothing changes, where the machine lacks them or something was
/// computed before. Left alone, the widest that the machine has are taken.
///
/// Each output is one chain of fused multiply-adds in the same order, so vectors have the same bits with either.
#[must_use]
pub fn compute_with(instructions: Instructions) -> bool {
    available(instructions).is_some_and(|arch| CHOSEN.set(arch).is_ok())
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn available(instructions: Instructions) -> Option<Arch> {
    match instructions {
        Instructions::Avx2 => pulp::x86::V3::try_new().map(Arch::V3),
        Instructions::Avx512 => pulp::x86::V4::try_new().map(Arch::V4),
    }
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn available(_: Instructions) -> Option<Arch> {
    None
}

pub(super) fn arch() -> Arch {
    *CHOSEN.get_or_init(Arch::new)
}
