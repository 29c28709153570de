#include "tools/console/trace_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <tuple>
#include <utility>

#include "sim/trace/reader.hpp"
#include "tools/console/fact_line.hpp"
#include "tools/console/trace_inspection.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr const char* kLaterKind = "of a later version";

/// The facts of one trace, moment by moment.
class MomentByMoment {
public:
  explicit MomentByMoment(const std::filesystem::path& path)
      : reader_(path), epoch_(epoch_of(reader_.manifest(), path.string())) {
    next_ = reader_.next();
  }

  TraceReader& reader() { return reader_; }

  /// Nanoseconds since 1970 of the next facts; nothing at the end.
  std::optional<std::int64_t> when() const {
    if (!next_) return std::nullopt;
    return std::chrono::nanoseconds(epoch_.time_since_epoch()).count() +
           static_cast<std::int64_t>(next_->time_ns);
  }
  Moment moment() const { return epoch_ + std::chrono::seconds(next_->time_ns / 1'000'000'000ULL); }

  /// A fact as it is compared: by kind, then by what is told.
  struct Told {
    std::string kind, bytes, line;
    bool operator<(const Told& other) const {
      return std::tie(kind, bytes) < std::tie(other.kind, other.bytes);
    }
  };

  /// One fact, and goes on.
  Told take() {
    Told told{kind_of(next_->fact), stable_bytes(next_->fact), fact_line(epoch_, *next_)};
    if (told.kind.empty()) told.kind = kLaterKind;
    next_ = reader_.next();
    return told;
  }
  /// The next fact is the same as that of `other`, at the same moment.
  bool is_alike(const MomentByMoment& other) const {
    return stable_bytes(next_->fact) == stable_bytes(other.next_->fact);
  }
  /// Passes over one fact; its kind.
  std::string pass() {
    std::string kind = kind_of(next_->fact);
    next_ = reader_.next();
    return kind.empty() ? kLaterKind : kind;
  }

private:
  TraceReader reader_;
  Moment epoch_;
  std::optional<TimedFact> next_;
};

using Told = MomentByMoment::Told;

class TraceComparer {
public:
  TraceComparer(const std::array<std::filesystem::path, 2>& traces, std::size_t shown)
      : traces_{MomentByMoment(traces[0]), MomentByMoment(traces[1])}, shown_(shown) {}

  TraceDifference compared() {
    const auto& first = traces_[0].reader().manifest();
    const auto& second = traces_[1].reader().manifest();
    made_.scenarios = {first.scenario().name(), second.scenario().name()};
    made_.same_scenario =
        first.scenario_digest() == second.scenario_digest() && first.seed() == second.seed();
    while (traces_[0].when() || traces_[1].when()) step();
    for (std::size_t i : {0U, 1U}) made_.truncations[i] = truncation(traces_[i].reader());
    return std::move(made_);
  }

private:
  void step() {
    const auto a = traces_[0].when(), b = traces_[1].when();
    if (a == b && traces_[0].is_alike(traces_[1])) {
      const std::string kind = traces_[0].pass();
      traces_[1].pass();
      for (auto& count : made_.kinds[kind].facts) ++count;
      return;
    }
    // The facts of the earlier moment, of both where it is the same.
    const std::int64_t now = !a ? *b : !b ? *a : std::min(*a, *b);
    const Moment at = a == now ? traces_[0].moment() : traces_[1].moment();
    std::array<std::vector<Told>, 2> told;
    for (std::size_t i : {0U, 1U}) {
      while (traces_[i].when() == now) told[i].push_back(traces_[i].take());
      for (const Told& one : told[i]) ++made_.kinds[one.kind].facts[i];
      std::stable_sort(told[i].begin(), told[i].end());
    }
    compare(told, at);
  }

  void compare(const std::array<std::vector<Told>, 2>& told, Moment at) {
    std::array<std::vector<Told>, 2> alone;
    for (std::size_t i : {0U, 1U}) {
      std::set_difference(told[i].begin(), told[i].end(), told[1 - i].begin(), told[1 - i].end(),
                          std::back_inserter(alone[i]));
      for (const Told& one : alone[i]) ++made_.kinds[one.kind].alone[i];
    }
    if (alone[0].empty() && alone[1].empty()) return;
    if (!made_.first) made_.first = at;
    // Those of one kind side by side, as far as there are any.
    std::array<std::size_t, 2> next{};
    while (made_.lone.size() < shown_) {
      const bool has_a = next[0] < alone[0].size(), has_b = next[1] < alone[1].size();
      if (!has_a && !has_b) return;
      const bool both = has_a && has_b && alone[0][next[0]].kind == alone[1][next[1]].kind;
      const bool a_first = has_a && (!has_b || alone[0][next[0]].kind <= alone[1][next[1]].kind);
      if (both || a_first) made_.lone.push_back({0, alone[0][next[0]++].line});
      if (both || !a_first) made_.lone.push_back({1, alone[1][next[1]++].line});
    }
  }

  std::array<MomentByMoment, 2> traces_;
  std::size_t shown_;
  TraceDifference made_;
};

Table kinds_table(const TraceDifference& difference) {
  Table table("kinds", {"kind", Column("first_facts", Type::Count, "first"),
                        Column("second_facts", Type::Count, "second"),
                        Column("only_first_facts", Type::Count, "only first"),
                        Column("only_second_facts", Type::Count, "only second")});
  for (const auto& [kind, of] : difference.kinds) {
    if (of.alone[0] + of.alone[1] == 0) continue;
    table.add_row({kind, of.facts[0], of.facts[1], of.alone[0], of.alone[1]});
  }
  return table;
}

std::uint64_t facts_in(const TraceDifference& difference, std::size_t trace) {
  std::uint64_t sum = 0;
  for (const auto& [kind, of] : difference.kinds) sum += of.facts[trace];
  return sum;
}

std::string day_text(Moment moment) {
  return format_date(std::chrono::floor<std::chrono::days>(moment));
}

}  // namespace

TraceDifference difference_of(const std::array<std::filesystem::path, 2>& traces,
                              std::size_t shown) {
  return TraceComparer(traces, shown).compared();
}

std::string difference_text(const TraceDifference& difference,
                            const std::array<std::string, 2>& names) {
  std::string text;
  for (std::size_t i : {0U, 1U}) {
    text +=
        fmt::format("{} {}: {}, {} facts\n", i == 0 ? '-' : '+', names[i], difference.scenarios[i],
                    format_value(static_cast<double>(facts_in(difference, i))));
  }
  if (!difference.same_scenario) text += "scenarios or seeds differ\n";
  if (difference.is_none()) return text + "no fact differs\n";
  text += fmt::format("first differ on {}\n\n", day_text(*difference.first));
  text += to_text(kinds_table(difference)) + "\n";
  for (const LoneFact& fact : difference.lone) {
    text += fmt::format("{} {}\n", fact.trace == 0 ? '-' : '+', fact.line);
  }
  return text;
}

JsonValue difference_json(const TraceDifference& difference,
                          const std::array<std::string, 2>& names) {
  JsonValue traces = JsonValue::list(), lone = JsonValue::list();
  for (std::size_t i : {0U, 1U}) {
    traces.push(JsonValue::object()
                    .add("trace", names[i])
                    .add("scenario", difference.scenarios[i])
                    .add("facts", JsonValue::whole(facts_in(difference, i)))
                    .add("truncated", !difference.truncations[i].empty()));
  }
  for (const LoneFact& fact : difference.lone) {
    lone.push(JsonValue::object()
                  .add("only_in", fact.trace == 0 ? "first" : "second")
                  .add("fact", fact.line));
  }
  return JsonValue::object()
      .add("schema", "chokepoint.trace.diff/1")
      .add("traces", std::move(traces))
      .add("same_scenario", difference.same_scenario)
      .add("differs", !difference.is_none())
      .add("first_day", difference.first ? JsonValue(day_text(*difference.first)) : JsonValue())
      .add("kinds", to_json(kinds_table(difference)))
      .add("first_differing", std::move(lone));
}

}  // namespace chokepoint
