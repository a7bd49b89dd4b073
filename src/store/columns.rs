//! How the nouns lie in columns, and how a question with optional conditions becomes one statement.

use std::fmt;

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::de::value::Error as WordError;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{
    CorrectionId, CustomerId, DecisionId, Encoding, EntryId, Intensity, Kind, Language, MeetingId, Nature, Part,
    PersonId, RejectReason, SavedSearchId, Side, SideSource, SourceHash, Standing, State, SuggestionId, WorkspaceId,
};

/// A whole number that is never negative.
pub(super) struct Whole<T>(pub T);

/// A nested part, in its public JSON shape.
pub(super) struct Json<T>(pub T);

/// A day of the calendar, ISO 8601.
pub(super) struct Day(pub jiff::civil::Date);

/// A question under construction. Every piece of its text is a constant of this program; what comes from outside
/// travels beside it as a value.
pub(super) struct Question {
    sql: String,
    values: Vec<Box<dyn ToSql>>,
}

impl Question {
    /// Begins with a statement that ends inside a `WHERE`, whose first parameters are `values`.
    pub(super) fn new(sql: &'static str, values: Vec<Box<dyn ToSql>>) -> Self {
        Self { sql: sql.to_owned(), values }
    }

    /// Adds a condition with one parameter, if there is a value for it.
    pub(super) fn narrow<T: ToSql + 'static>(&mut self, condition: &'static str, value: Option<T>) {
        let Some(value) = value else { return };
        self.push(condition);
        self.values.push(Box::new(value));
    }

    /// Adds a piece of text, and the values of its parameters.
    pub(super) fn add(&mut self, sql: &'static str, values: Vec<Box<dyn ToSql>>) {
        self.push(sql);
        self.values.extend(values);
    }

    /// The statement.
    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// The values of its parameters, in their order.
    pub(super) fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(AsRef::as_ref)
    }

    fn push(&mut self, sql: &'static str) {
        self.sql.push(' ');
        self.sql.push_str(sql);
    }
}

macro_rules! identity_columns {
    ($($name:ident),+ $(,)?) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                FromSql::column_result(value).map(|bytes: [u8; 16]| Self(Uuid::from_bytes(bytes)))
            }
        }
    )+};
}

identity_columns!(
    CorrectionId,
    CustomerId,
    DecisionId,
    EntryId,
    MeetingId,
    PersonId,
    SavedSearchId,
    SuggestionId,
    WorkspaceId,
);

macro_rules! word_columns {
    ($($name:ident),+ $(,)?) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                word_of(self)
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let word: Result<Self, WordError> = Self::deserialize(value.as_str()?.into_deserializer());
                word.map_err(FromSqlError::other)
            }
        }
    )+};
}

word_columns!(Encoding, Intensity, Kind, Language, Nature, Part, RejectReason, Side, SideSource, Standing, State);

fn word_of<T: Serialize>(value: &T) -> rusqlite::Result<ToSqlOutput<'static>> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word.into()),
        Ok(_) => Err(unwritable("this word has no code of its own")),
        Err(error) => Err(rusqlite::Error::ToSqlConversionFailure(Box::new(error))),
    }
}

fn unwritable(why: &'static str) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(Unwritable(why)))
}

#[derive(Debug)]
struct Unwritable(&'static str);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ToSql for SourceHash {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for SourceHash {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        String::column_result(value).map(Self)
    }
}

impl<T: TryInto<i64> + Copy> ToSql for Whole<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let number = self.0.try_into().map_err(|_| unwritable("this number is too large"))?;
        Ok(ToSqlOutput::from(number))
    }
}

impl<T: TryFrom<i64>> FromSql for Whole<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        T::try_from(number).map(Self).map_err(|_| FromSqlError::OutOfRange(number))
    }
}

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text =
            serde_json::to_string(&self.0).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(text.into())
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_string().into())
    }
}

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(FromSqlError::other)
    }
}
