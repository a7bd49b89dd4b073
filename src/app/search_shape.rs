//! The hits of a search by meeting, by customer, and by what they are.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Bilingual, CustomerId, Kind, MeetingId, Problem, Side, UiLanguage};
use crate::search::{Found, FoundHit};
use crate::store::MeetingHead;

use super::App;
use super::searching::{Grouping, SearchHit};

/// How many hits of a group are shown.
const GROUP_HITS: usize = 3;

/// How many values of a facet are told: the most frequent ones.
const FACET_VALUES: usize = 12;

/// Hits that belong together.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchGroup {
    /// The identity of the meeting, where hits are grouped by meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// The identity of the customer.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// The meeting's title, where hits are grouped by meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The meeting's day, where it is known.
    pub date: Option<jiff::civil::Date>,
    /// How many hits it has.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<SearchHit>,
}

/// How many hits are of one sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetCount {
    /// Its code.
    pub value: String,
    /// What people call it.
    pub label: Bilingual,
    /// How many.
    pub count: usize,
    /// What to add to the query to see only these.
    pub filter: String,
}

/// The hits by what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SearchFacets {
    /// By customer.
    pub customers: Vec<FacetCount>,
    /// By the kind of what is proposed.
    pub kinds: Vec<FacetCount>,
    /// By the concept that they speak of.
    pub concepts: Vec<FacetCount>,
    /// By the side of who speaks.
    pub sides: Vec<FacetCount>,
    /// By language.
    pub languages: Vec<FacetCount>,
    /// By month, the latest first.
    pub months: Vec<FacetCount>,
    /// The customers with meetings but without a hit: this was not discussed with them.
    pub not_discussed: Vec<String>,
}

/// What is known of every meeting.
pub(super) struct Heads {
    meetings: BTreeMap<MeetingId, MeetingHead>,
    names: BTreeMap<CustomerId, String>,
}

/// A group before it is shown.
pub(super) struct Bundle<'a> {
    head: &'a MeetingHead,
    is_meeting: bool,
    total: usize,
    hits: Vec<&'a FoundHit>,
}

impl App {
    pub(super) fn heads(&self) -> Result<Heads, Problem> {
        let meetings = self.store.meeting_heads()?.into_iter().map(|head| (head.id, head)).collect();
        let names = self.store.customers()?.into_iter().map(|one| (one.customer.id, one.customer.name)).collect();
        Ok(Heads { meetings, names })
    }

    pub(super) fn facets(&self, heads: &Heads, found: &Found) -> Result<SearchFacets, Problem> {
        let mut by_customer: BTreeMap<CustomerId, usize> = BTreeMap::new();
        let mut by_month: BTreeMap<String, usize> = BTreeMap::new();
        for (meeting, count) in &found.meetings {
            let Some(head) = heads.meetings.get(meeting) else { continue };
            *by_customer.entry(head.customer).or_default() += count;
            if let Some(date) = head.date {
                *by_month.entry(date.strftime("%Y-%m").to_string()).or_default() += count;
            }
        }
        let with_meetings: BTreeSet<CustomerId> = heads.meetings.values().map(|head| head.customer).collect();
        let silent = with_meetings.iter().filter(|id| !by_customer.contains_key(id));
        let mut not_discussed: Vec<String> = silent.map(|id| heads.name(*id)).collect();
        not_discussed.sort();
        let facets = &found.facets;
        Ok(SearchFacets {
            customers: customer_counts(heads, &by_customer),
            kinds: counts(&facets.kinds, "kind", |code| {
                Kind::ALL.into_iter().find(|kind| kind.code() == code).map(kind_label)
            }),
            concepts: counts(&facets.concepts, "concept", |id| {
                self.lexicon().concept(id).map(|concept| concept.label.clone())
            }),
            sides: counts(&facets.sides, "side", |code| {
                Side::ALL.into_iter().find(|side| side.code() == code).map(side_label)
            }),
            languages: counts(&facets.languages, "lang", language_label),
            months: by_month
                .into_iter()
                .rev()
                .take(FACET_VALUES)
                .map(|(month, count)| FacetCount {
                    filter: format!("after:{month} before:{month}"),
                    label: Bilingual::new(month.clone(), month.clone()),
                    value: month,
                    count,
                })
                .collect(),
            not_discussed,
        })
    }
}

impl Heads {
    /// When this meeting was imported.
    pub(super) fn imported_at(&self, meeting: MeetingId) -> Option<&str> {
        self.meetings.get(&meeting).map(|head| head.created_at.as_str())
    }

    /// The hits in groups, in the order of their best hits.
    pub(super) fn bundles<'a>(&'a self, group: Grouping, found: &'a Found) -> Vec<Bundle<'a>> {
        let is_meeting = group == Grouping::Meeting;
        let belongs = |head: &MeetingHead, other: &MeetingHead| {
            if is_meeting { head.id == other.id } else { head.customer == other.customer }
        };
        let mut bundles: Vec<Bundle<'a>> = Vec::new();
        for hit in &found.hits {
            let Some(head) = self.meetings.get(&hit.meeting) else { continue };
            match bundles.iter_mut().find(|bundle| belongs(bundle.head, head)) {
                Some(bundle) if bundle.hits.len() < GROUP_HITS => bundle.hits.push(hit),
                Some(_) => {}
                None => bundles.push(Bundle { head, is_meeting, total: 0, hits: vec![hit] }),
            }
        }
        for (meeting, count) in &found.meetings {
            let Some(head) = self.meetings.get(meeting) else { continue };
            if let Some(bundle) = bundles.iter_mut().find(|bundle| belongs(bundle.head, head)) {
                bundle.total += count;
            }
        }
        bundles
    }

    fn name(&self, customer: CustomerId) -> String {
        self.names.get(&customer).cloned().unwrap_or_default()
    }
}

impl Bundle<'_> {
    /// The group with its best hits as a person sees them.
    pub(super) fn shown(
        &self,
        heads: &Heads,
        show: impl Fn(&FoundHit) -> Result<Option<SearchHit>, Problem>,
    ) -> Result<SearchGroup, Problem> {
        let mut hits = Vec::with_capacity(self.hits.len());
        for hit in &self.hits {
            hits.extend(show(hit)?);
        }
        Ok(SearchGroup {
            meeting: self.is_meeting.then_some(self.head.id),
            customer: self.head.customer,
            customer_name: heads.name(self.head.customer),
            title: self.is_meeting.then(|| self.head.title.clone()),
            date: self.head.date.filter(|_| self.is_meeting),
            total: self.total,
            hits,
        })
    }
}

fn customer_counts(heads: &Heads, by_customer: &BTreeMap<CustomerId, usize>) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = by_customer
        .iter()
        .map(|(id, count)| {
            let name = heads.name(*id);
            FacetCount {
                value: id.to_string(),
                filter: format!("customer:\"{}\"", name.replace('"', "")),
                label: Bilingual::new(name.clone(), name),
                count: *count,
            }
        })
        .collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.es.cmp(&b.label.es)));
    counts.truncate(FACET_VALUES);
    counts
}

fn counts(found: &[(String, usize)], filter: &str, label: impl Fn(&str) -> Option<Bilingual>) -> Vec<FacetCount> {
    let count = |(value, count): &(String, usize)| {
        Some(FacetCount {
            label: label(value)?,
            filter: format!("{filter}:{value}"),
            value: value.clone(),
            count: *count,
        })
    };
    found.iter().filter_map(count).take(FACET_VALUES).collect()
}

fn kind_label(kind: Kind) -> Bilingual {
    Bilingual::new(kind.label(UiLanguage::Spanish), kind.label(UiLanguage::English))
}

fn side_label(side: Side) -> Bilingual {
    Bilingual::new(side.label(UiLanguage::Spanish), side.label(UiLanguage::English))
}

fn language_label(code: &str) -> Option<Bilingual> {
    let (es, en) = match code {
        "es" => ("español", "Spanish"),
        "en" => ("inglés", "English"),
        "pt" => ("portugués", "Portuguese"),
        "mixed" => ("mezcla", "mixed"),
        "other" => ("otro", "other"),
        _ => return None,
    };
    Some(Bilingual::new(es, en))
}
