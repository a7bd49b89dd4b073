//! Joins the faces into one router with its middleware; listens; stops cleanly.
