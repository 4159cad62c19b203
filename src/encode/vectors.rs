//! A matrix of vectors.

/// Vectors of unit length, one in each row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    dim: usize,
    values: Vec<f32>,
    truncated_rows: Vec<usize>,
}

impl Vectors {
    /// Rows of `dim` values each. Values beyond the last whole row are dropped.
    #[must_use]
    pub fn new(dim: usize, mut values: Vec<f32>) -> Self {
        values.truncate(values.len() / dim.max(1) * dim);
        Self { dim, values, truncated_rows: Vec::new() }
    }

    /// Marks the rows whose text was truncated.
    pub(super) fn with_truncated_rows(self, truncated_rows: Vec<usize>) -> Self {
        Self { truncated_rows, ..self }
    }

    /// Number of values of a row.
    #[must_use]
    pub fn vector_dim(&self) -> usize {
        self.dim
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len() / self.dim.max(1)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The vector of text `i`.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn row_values(&self, i: usize) -> &[f32] {
        &self.values[i * self.dim..(i + 1) * self.dim]
    }

    /// The values of the rows with these indices, one row after the other.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn gather_rows(&self, rows: &[u32]) -> Vec<f32> {
        let mut values = Vec::with_capacity(rows.len() * self.dim);
        for i in rows {
            values.extend_from_slice(self.row_values(*i as usize));
        }
        values
    }

    /// The rows in order.
    #[must_use]
    pub fn iter_rows(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.dim.max(1))
    }

    /// All values, row after row.
    #[must_use]
    pub fn all_values(&self) -> &[f32] {
        &self.values
    }

    /// The rows whose text was longer than [`MAX_TOKENS`](super::MAX_TOKENS); they represent its beginning alone.
    #[must_use]
    pub fn truncated_rows(&self) -> &[usize] {
        &self.truncated_rows
    }
}
