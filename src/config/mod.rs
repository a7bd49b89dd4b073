//! Every setting, its default and its help; how file, environment and flags combine.
