//! The vector instructions that the encoder computes with.

#![expect(
    clippy::inline_always,
    reason = "must become part of the dispatched function to be compiled for its instruction set"
)]

use std::slice;
use std::sync::OnceLock;

use pulp::bytemuck::{cast_slice, cast_slice_mut};
use pulp::{Arch, Simd, WithSimd};

static CHOSEN_PROCESSOR: OnceLock<Processor> = OnceLock::new();

/// A set of vector instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instructions {
    /// AVX2 with fused multiply-add, 256 bits.
    Avx2,
    /// AVX-512, 512 bits.
    Avx512,
    /// AVX-512 with VNNI, which multiplies 16-bit numbers and adds in one instruction.
    Avx512Vnni,
}

/// Sets the instructions for all later computations. Returns `false`, without effect, if the machine lacks them or something
/// was computed before. By default the last of [`Instructions`] that the machine supports are used.
///
/// Each output is the same chain of operations, so vectors have the same bits with any of them.
#[must_use]
pub fn compute_with(instructions: Instructions) -> bool {
    available_processor(instructions).is_some_and(|processor| CHOSEN_PROCESSOR.set(processor).is_ok())
}

/// Runs `work` with the chosen instructions.
pub(super) fn dispatch_simd<W: WithSimd>(work: W) -> W::Output {
    match *CHOSEN_PROCESSOR.get_or_init(|| {
        available_processor(Instructions::Avx512Vnni).unwrap_or_else(|| Processor::PulpArch(Arch::new()))
    }) {
        Processor::PulpArch(arch) => arch.dispatch(work),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Processor::Vnni(vnni, v4) => vnni.vectorize(x86::VnniTask { work, v4 }),
    }
}

#[derive(Clone, Copy, Debug)]
enum Processor {
    /// An instruction set that `pulp` distinguishes.
    PulpArch(Arch),
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Vnni(x86::Vnni, pulp::x86::V4),
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn available_processor(instructions: Instructions) -> Option<Processor> {
    use pulp::x86::{V3, V4};
    match instructions {
        Instructions::Avx2 => V3::try_new().map(Arch::V3).map(Processor::PulpArch),
        Instructions::Avx512 => V4::try_new().map(Arch::V4).map(Processor::PulpArch),
        Instructions::Avx512Vnni => Some(Processor::Vnni(x86::Vnni::try_new()?, V4::try_new()?)),
    }
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn available_processor(_: Instructions) -> Option<Processor> {
    None
}

/// `sums + a0 b0 + a1 b1` in each lane, where `a` and `b` have two 16-bit numbers in each lane. Exact unless it overflows.
#[inline(always)]
pub(super) fn add_products<S: Simd>(simd: S, mut sums: S::i32s, a: S::i32s, b: S::i32s) -> S::i32s {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(sums) = x86::add_products(simd, sums, a, b) {
        return sums;
    }
    let _ = simd;
    let (a, b): (&[i16], &[i16]) = (cast_slice(slice::from_ref(&a)), cast_slice(slice::from_ref(&b)));
    let lanes: &mut [i32] = cast_slice_mut(slice::from_mut(&mut sums));
    for ((sum, a), b) in lanes.iter_mut().zip(a.as_chunks::<2>().0).zip(b.as_chunks::<2>().0) {
        *sum += i32::from(a[0]) * i32::from(b[0]) + i32::from(a[1]) * i32::from(b[1]);
    }
    sums
}

/// The nearest 32-bit floats, ties to even.
#[inline(always)]
pub(super) fn to_floats<S: Simd>(simd: S, values: S::i32s) -> S::f32s {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(floats) = x86::to_floats(simd, values) {
        return floats;
    }
    let mut floats = simd.splat_f32s(0.0);
    let to: &mut [f32] = cast_slice_mut(slice::from_mut(&mut floats));
    for (float, value) in to.iter_mut().zip(cast_slice::<_, i32>(slice::from_ref(&values))) {
        *float = *value as f32;
    }
    floats
}

/// Operations that `pulp` has for single instruction sets and not for all.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod x86 {
    use std::any::Any;

    use pulp::bytemuck::cast;
    use pulp::x86::{V3, V4};
    use pulp::{NullaryFnOnce, Simd, WithSimd};

    pulp::simd_type! {
        /// [`V4`] with VNNI. The compiler makes one instruction of a product and a sum.
        pub(super) struct Vnni {
            sse: "sse",
            sse2: "sse2",
            fxsr: "fxsr",
            sse3: "sse3",
            ssse3: "ssse3",
            sse4_1: "sse4.1",
            sse4_2: "sse4.2",
            popcnt: "popcnt",
            avx: "avx",
            avx2: "avx2",
            bmi1: "bmi1",
            bmi2: "bmi2",
            fma: "fma",
            lzcnt: "lzcnt",
            avx512f: "avx512f",
            avx512bw: "avx512bw",
            avx512cd: "avx512cd",
            avx512dq: "avx512dq",
            avx512vl: "avx512vl",
            avx512vnni: "avx512vnni",
        }
    }

    /// Work to be compiled for [`Vnni`].
    pub(super) struct VnniTask<W> {
        pub(super) work: W,
        pub(super) v4: V4,
    }

    impl<W: WithSimd> NullaryFnOnce for VnniTask<W> {
        type Output = W::Output;

        #[inline(always)]
        fn call(self) -> W::Output {
            self.work.with_simd(self.v4)
        }
    }

    /// `simd` as a `T`, if it is one; decided at compile time.
    #[inline(always)]
    fn downcast_simd<S: Simd, T: Copy + 'static>(simd: S) -> Option<T> {
        let simd: &dyn Any = &simd;
        simd.downcast_ref().copied()
    }

    #[inline(always)]
    pub(super) fn add_products<S: Simd>(simd: S, sums: S::i32s, a: S::i32s, b: S::i32s) -> Option<S::i32s> {
        if let Some(v4) = downcast_simd::<S, V4>(simd) {
            let products = v4.multiply_wrapping_add_adjacent_i16x32(cast(a), cast(b));
            Some(cast(v4.wrapping_add_i32x16(cast(sums), products)))
        } else if let Some(v3) = downcast_simd::<S, V3>(simd) {
            let products = v3.multiply_wrapping_add_adjacent_i16x16(cast(a), cast(b));
            Some(cast(v3.wrapping_add_i32x8(cast(sums), products)))
        } else {
            None
        }
    }

    #[inline(always)]
    pub(super) fn to_floats<S: Simd>(simd: S, values: S::i32s) -> Option<S::f32s> {
        if let Some(v4) = downcast_simd::<S, V4>(simd) {
            Some(cast(v4.convert_i32x16_to_f32x16(cast(values))))
        } else {
            downcast_simd::<S, V3>(simd).map(|v3| cast(v3.convert_i32x8_to_f32x8(cast(values))))
        }
    }
}
