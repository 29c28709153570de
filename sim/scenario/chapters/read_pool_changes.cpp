#include <algorithm>

#include "sim/scenario/chapters/chapters.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(PoolChangeKind::SupportEnds) == pb::SUPPORT_ENDS - 1);

constexpr Unit kHoursAfter = at_least(0.0, 3'600.0, 438'300.0, "an hour");
constexpr Unit kNodesOfChange = whole(1.0, 1e6, "a node");

ChangeTime read_change_time(const Cursor& at, const std::string& day, const std::string& text) {
  ChangeTime time;
  const std::string hours = day + "_hours";
  if (!text.empty()) time.moment = read_moment(at, day, text);
  if (is_written(at, hours)) {
    if (!text.empty()) {
      at.error(hours, concat(hours, " beside ", day), "leave one of the two out");
    }
    const auto after = read_number(at, hours, kHoursAfter);
    if (after) time.after = Seconds{*after};
  }
  return time;
}

// Where both are said and wrong that has been reported.
void check_times_in_order(const Cursor& at, const std::string& early, const ChangeTime& first,
                          const std::string& late, const ChangeTime& second, bool may_be_equal) {
  if (!first.is_said() || !second.is_said()) return;
  if (first.moment.has_value() != second.moment.has_value()) {
    at.error(late, concat(early, " and ", late, " are of two kinds"),
             "write both as days, or both as hours");
    return;
  }
  const bool is_wrong =
      first.moment ? *second.moment < *first.moment : *second.after < *first.after;
  const bool is_equal =
      first.moment ? *second.moment == *first.moment : *second.after == *first.after;
  if (is_wrong || (is_equal && !may_be_equal)) {
    at.error(late, concat(late, is_wrong ? " is earlier than " : " is the same as ", early));
  }
}

// Fields that a kind of change does not have.
void check_fields_of_kind(const Cursor& at, PoolChangeKind kind) {
  const bool takes_away = kind == PoolChangeKind::Drain || kind == PoolChangeKind::Close;
  const auto only = [&](const std::string& field, bool is_right, const char* kinds) {
    if (is_right || !is_written(at, field)) return;
    at.error(field, concat(field, " is for ", kinds), "leave it out");
  };
  for (const char* field : {"until", "until_hours", "first_node"}) {
    only(field, takes_away, "DRAIN and CLOSE");
  }
  only("refused", kind == PoolChangeKind::Arrive, "ARRIVE");
  only("nodes", kind != PoolChangeKind::SupportEnds, "nodes that come or go");
}

SiteChange read_pool_change(Reading& reading, const Cursor& site, const Cursor& at) {
  const auto& in = as<pb::PoolChange>(at);
  SiteChange out;
  out.name = in.name();
  const std::string pool = concat(as<pb::Site>(site).name(), "/", in.pool());
  if (const auto id = reading.pools.find(pool)) {
    out.pool = PoolId{*id};
  } else {
    at.error("pool",
             concat("site ", in_quotes(as<pb::Site>(site).name()), " has no pool ",
                    in_quotes(in.pool())),
             "name one of its pools");
  }
  const auto kind = read_enum<PoolChangeKind>(at, "kind");
  out.kind = kind.value_or(PoolChangeKind::SupportEnds);
  out.on = read_change_time(at, "on", in.on());
  if (in.on().empty() && !is_written(at, "on_hours")) {
    at.error("on", concat("nobody says when ", in_quotes(out.name), " happens"),
             "write on: \"2026-03-01\", or on_hours: hours after the log begins");
  }
  out.until = read_change_time(at, "until", in.until());
  out.known = read_change_time(at, "known", in.known());
  check_times_in_order(at, "on", out.on, "until", out.until, false);
  check_times_in_order(at, "known", out.known, "on", out.on, true);
  if (kind) check_fields_of_kind(at, *kind);
  if (kind && *kind != PoolChangeKind::SupportEnds) {
    out.nodes = read_required<double>(reading, at, "nodes", kNodesOfChange);
  }
  constexpr std::uint32_t kMostNodes = 1'000'000;
  if (in.has_first_node()) {
    if (in.first_node() > kMostNodes) {
      at.error("first_node", concat("first_node is ", in.first_node(), ", beyond any pool"));
    }
    out.first_node = static_cast<int>(std::min(in.first_node(), kMostNodes));
  }
  out.is_refused = in.refused();
  out.because = in.because();
  require_text(at, "because", in.because(), "say why in a few words");
  return out;
}

}  // namespace

std::vector<SiteChange> read_pool_changes(Reading& reading, const Cursor& site) {
  std::vector<SiteChange> changes;
  read_named(site, "changes", "change",
             [&](const Cursor& at) { changes.push_back(read_pool_change(reading, site, at)); });
  return changes;
}

}  // namespace chokepoint
