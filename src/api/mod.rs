//! The programs' face: JSON over HTTP under `/api/v1`. Converts in, calls `app`, converts out.
