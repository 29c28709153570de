#include "tools/report/answer/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <utility>

#include "models/ecosystem/region.hpp"
#include "sim/scenario/text/characters.hpp"
#include "tools/report/answer/amounts.hpp"
#include "tools/report/answer/causes_told.hpp"
#include "tools/report/answer/whole_told.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kFiguresTold = 2;  // Of different topics; the third sentence tells the cause.
constexpr const char* kHowToDraw = "add --draws 40 to the run";

/// What differs of a figure, in the year that tells most of it.
struct LeadCandidate {
  LeadFigure figure;
  int year = 0;
  PairedDifference differs;

  /// In parts of the greater level; of a share, in points.
  double size() const {
    const double change = std::abs(differs.change);
    if (figure.of.unit == "share" || figure.of.unit == "index") return change;
    const double greater = std::max(std::abs(differs.before), std::abs(differs.after));
    return greater > 0.0 ? change / greater : 0.0;
  }
  bool is_clear() const { return differs.certainty == Certainty::Clear; }
  /// What stands out comes before what does not; then the greater.
  bool tells_more_than(const LeadCandidate& than) const {
    return std::pair(is_clear(), size()) > std::pair(than.is_clear(), than.size());
  }
};

std::vector<int> years_of_both(const YearlyRun& base, const YearlyRun& other) {
  std::vector<int> both;
  const auto others = years_of(other.itself);
  for (const int year : years_of(base.itself)) {
    if (std::ranges::count(others, year) > 0) both.push_back(year);
  }
  return both;
}

/// Nothing where it differs in no year.
std::optional<LeadCandidate> candidate_of(const LeadFigure& figure, const PairedRuns& runs,
                                          const std::vector<int>& years) {
  std::optional<LeadCandidate> best;
  for (const int year : years) {
    LeadCandidate one{figure, year, runs.difference(measured_in(figure, year))};
    if (one.differs.certainty == Certainty::Equal) continue;
    const auto rank = [](const LeadCandidate& of) {
      return std::pair(of.is_clear(), std::abs(of.differs.change));
    };
    if (!best || rank(one) > rank(*best)) best = std::move(one);
  }
  return best;
}

std::vector<LeadCandidate> candidates_of(const AnsweredRun& base, const AnsweredRun& other,
                                         const PairedRuns& runs) {
  const auto years = years_of_both(base.yearly, other.yearly);
  Vendors vendors = base.vendors;
  vendors.insert(other.vendors.begin(), other.vendors.end());
  std::vector<LeadCandidate> all;
  for (const LeadFigure& figure : lead_figures(base.yearly.itself, other.yearly.itself, vendors)) {
    if (auto one = candidate_of(figure, runs, years)) all.push_back(std::move(*one));
  }
  return all;
}

/// Of a topic, that which tells most; null where nothing of it differs.
const LeadCandidate* best_of(const std::vector<LeadCandidate>& all, Topic topic) {
  const LeadCandidate* best = nullptr;
  for (const LeadCandidate& one : all) {
    if (one.figure.topic != topic) continue;
    if (best == nullptr || one.tells_more_than(*best)) best = &one;
  }
  return best;
}

/// The first topic that differs, then the first of the others that stands out, else the next.
std::vector<const LeadCandidate*> to_tell(const std::vector<LeadCandidate>& all,
                                          const std::string& question) {
  std::vector<const LeadCandidate*> told;
  for (const Topic topic : topics_by_question(question)) {
    if (const LeadCandidate* best = best_of(all, topic)) told.push_back(best);
  }
  if (told.size() > kFiguresTold) {
    const auto clear = std::find_if(told.begin() + 1, told.end(),
                                    [](const LeadCandidate* one) { return one->is_clear(); });
    if (clear != told.end()) std::rotate(told.begin() + 1, clear, clear + 1);
    told.resize(kFiguresTold);
  }
  return told;
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

/// "310 k H100e (20 %)", "13.2 points".
std::string change_words(const PairedDifference& differs, const std::string& unit) {
  std::string text = size_of_change(differs.change, unit);
  const auto percent = differs.percent();
  if (unit != "share" && percent) text += fmt::format(" ({:.0f} %)", std::abs(*percent));
  return text;
}

/// The first sentence names the baseline and says what brackets are.
struct SentenceFrame {
  std::string base;  ///< Empty: it was said.
  std::size_t pairs = 0;
};

std::string band_words(const LeadCandidate& of, const SentenceFrame& frame) {
  if (!of.differs.band) return "";
  const std::string band = band_of_changes(*of.differs.band, of.figure.of.unit);
  if (frame.base.empty()) return " " + band;
  return fmt::format(" [90 % of {} pairs: {}", frame.pairs, band.substr(1));
}

std::string sentence_of(const LeadCandidate& of, const SentenceFrame& frame) {
  const std::string& unit = of.figure.of.unit;
  const std::string against = frame.base.empty() ? "" : fmt::format("against {}, ", frame.base);
  const std::string when = when_of(of.figure, of.year);
  const std::string level = amount_of(of.differs.before, unit);
  if (of.differs.certainty == Certainty::Noise) {
    return capitalized(fmt::format("{}{} differs within noise {}, by{}, from {}.", against,
                                   of.figure.words, when, band_words(of, frame), level));
  }
  return capitalized(fmt::format(
      "{}{} is {} {} {}, from {}{}.", against, of.figure.words, change_words(of.differs, unit),
      of.differs.change < 0.0 ? "lower" : "higher", when, level, band_words(of, frame)));
}

Claim claim_of(const LeadCandidate& of, const SentenceFrame& frame) {
  Claim claim;
  claim.text = sentence_of(of, frame);
  claim.certainty = of.differs.certainty;
  YearlyKey key = of.figure.of;
  key.year = of.year;
  claim.figures.push_back(
      {key, of.differs.before, of.differs.after, of.differs.change, of.differs.band});
  return claim;
}

/// The domestic vendor whose share moves most, behind a sentence about shares.
void add_domestic_vendor(const std::vector<LeadCandidate>& all, const LeadCandidate& told,
                         const AnsweredRun& run, Claim& claim) {
  const LeadCandidate* most = nullptr;
  for (const LeadCandidate& one : all) {
    const auto vendor = run.vendors.find(one.figure.vendor);
    const bool is_domestic = vendor != run.vendors.end() && vendor->second.is_domestic;
    if (one.figure.topic != Topic::Shares || !is_domestic || &one == &told) continue;
    if (most == nullptr || one.tells_more_than(*most)) most = &one;
  }
  if (most == nullptr || told.figure.vendor == most->figure.vendor) return;
  const Claim more = claim_of(*most, {});
  claim.text += " " + more.text;
  claim.figures.insert(claim.figures.end(), more.figures.begin(), more.figures.end());
}

Claim no_draws(const std::string& text) {
  return {text, Certainty::Unknown, {}};
}

std::vector<Claim> answer_of_years(const AnsweredRun& base, const AnsweredRun& other) {
  const PairedRuns runs(base.yearly, other.yearly);
  const auto all = candidates_of(base, other, runs);
  const auto told = to_tell(all, other.question + " " + base.question);
  std::vector<Claim> claims;
  if (told.empty()) {
    claims.push_back({fmt::format("Nothing that a reader asks for first differs between {} and {}.",
                                  base.yearly.name, other.yearly.name),
                      Certainty::Equal,
                      {}});
    return claims;
  }
  SentenceFrame frame{base.yearly.name, runs.pairs()};
  for (const LeadCandidate* one : told) {
    Claim claim = claim_of(*one, frame);
    frame.base.clear();
    if (one->figure.topic == Topic::Shares) add_domestic_vendor(all, *one, other, claim);
    claims.push_back(std::move(claim));
  }
  const bool is_compute = told.front()->figure.topic == Topic::Compute;
  const double direction = is_compute ? told.front()->differs.change : 0.0;
  if (auto cause = held_back_unlike(base, other, direction)) claims.push_back(std::move(*cause));
  if (runs.pairs() < kLeastPairs) {
    claims.push_back(
        no_draws(fmt::format("With {} pairs of draws nothing tells this from noise: {} of both.",
                             runs.pairs(), kHowToDraw)));
  }
  return claims;
}

/// The level of a figure of one run at its end, and where it began.
Claim level_claim(const AnsweredRun& run, const LeadFigure& figure) {
  const auto years = years_of(run.yearly.itself);
  const int first = years.front(), last = years.back();
  const std::string& unit = figure.of.unit;
  const Level level = level_in(run.yearly, measured_in(figure, last));
  const Level began = level_in(run.yearly, measured_in(figure, first));
  Claim claim;
  claim.text = capitalized(fmt::format("{} is {} {}", figure.words, amount_of(level.value, unit),
                                       when_of(figure, last)));
  if (level.band) claim.text += " " + band_of_levels(*level.band, unit);
  if (first != last) {
    claim.text +=
        fmt::format(", after {} {}", amount_of(began.value, unit), when_of(figure, first));
  }
  claim.text += ".";
  YearlyKey key = figure.of;
  key.year = last;
  claim.figures.push_back({key, level.value, level.value, 0.0, level.band});
  key.year = first;
  claim.figures.push_back({key, began.value, began.value, 0.0, began.band});
  return claim;
}

/// Of a topic, the figure of the mainland with the greatest level at the end.
const LeadFigure* leading(const std::vector<LeadFigure>& all, Topic topic, const AnsweredRun& run,
                          int year) {
  const LeadFigure* best = nullptr;
  double greatest = 0.0;
  for (const LeadFigure& figure : all) {
    if (figure.topic != topic || !figure.vendor.empty()) continue;
    const double level = level_in(run.yearly, measured_in(figure, year)).value;
    if (level <= greatest) continue;
    // The first of its topic leads where it has anything.
    best = best == nullptr ? &figure : best;
    greatest = level;
  }
  return best;
}

std::vector<Claim> answer_of_years(const AnsweredRun& run) {
  std::vector<Claim> claims;
  const auto all = lead_figures(run.yearly.itself, run.yearly.itself, run.vendors);
  const int last = years_of(run.yearly.itself).back();
  for (const Topic topic : topics_by_question(run.question)) {
    if (claims.size() == kFiguresTold) break;
    if (const auto* figure = leading(all, topic, run, last)) {
      claims.push_back(level_claim(run, *figure));
    }
  }
  if (auto cause = held_back_most(run)) claims.push_back(std::move(*cause));
  if (run.yearly.draws.size() < 2) {
    claims.push_back(no_draws(
        fmt::format("This is one run: nothing tells how much of it is noise; {}.", kHowToDraw)));
  }
  return claims;
}

Vendors vendors_of(const World& world) {
  Vendors vendors;
  for (const Org& org : world.orgs) {
    vendors[org.name] = {org.display.empty() ? org.name : printable(org.display),
                         org.headquarters == kHomeCountry};
  }
  return vendors;
}

}  // namespace

AnsweredRun answered_run(const World& world, const RunAccount& account,
                         std::vector<Obstacle> held_back, YearlyRun yearly) {
  AnsweredRun made;
  made.yearly = std::move(yearly);
  made.whole = indicators_of(account);
  made.held_back = std::move(held_back);
  made.question = printable(world.question);
  made.last_day = format_date(world.end_day());
  made.vendors = vendors_of(world);
  return made;
}

AnsweredRun answered_run(const RecordedRun& run, std::optional<YearlyRun> yearly) {
  if (!yearly) yearly = YearlyRun{name_of_run(run.directory.string()), {}, {}};
  AnsweredRun made = answered_run(*run.world, run.account, run.held_back, std::move(*yearly));
  made.changed_rules = changed_rules(run.manifest);
  return made;
}

std::set<std::string> changed_rules(const pb::Manifest& manifest) {
  constexpr std::string_view kRules = "rules[";
  std::set<std::string> names;
  for (const auto& change : manifest.changes()) {
    const std::string& path = change.path();
    if (!path.starts_with(kRules)) continue;
    names.insert(path.substr(kRules.size(), path.find(']') - kRules.size()));
  }
  return names;
}

std::vector<Claim> answer(const AnsweredRun& run) {
  return run.yearly.itself.empty() ? answer_of_whole(run) : answer_of_years(run);
}

std::vector<Claim> answer(const AnsweredRun& base, const AnsweredRun& other) {
  const bool have_years = !base.yearly.itself.empty() && !other.yearly.itself.empty();
  return have_years ? answer_of_years(base, other) : answer_of_whole(base, other);
}

std::vector<Claim> answer(const std::vector<AnsweredRun>& runs) {
  if (runs.size() == 1) return answer(runs.front());
  if (runs.size() == 2) return answer(runs[0], runs[1]);
  std::vector<Claim> claims;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    Claim claim = answer(runs.front(), runs[i]).front();
    claim.text = runs[i].yearly.name + ": " + claim.text;
    claims.push_back(std::move(claim));
  }
  return claims;
}

std::string answer_text(const std::vector<Claim>& claims) {
  std::string text;
  for (const Claim& claim : claims) text += claim.text + "\n";
  return text;
}

std::string name_of(Certainty certainty) {
  switch (certainty) {
    case Certainty::Equal:
      return "equal";
    case Certainty::Unknown:
      return "unknown";
    case Certainty::Noise:
      return "noise";
    case Certainty::Clear:
      break;
  }
  return "clear";
}

JsonValue answer_json(const std::vector<Claim>& claims) {
  JsonValue list = JsonValue::list();
  for (const Claim& claim : claims) {
    JsonValue figures = JsonValue::list();
    for (const ClaimedFigure& figure : claim.figures) {
      JsonValue one = JsonValue::object();
      one.add("indicator", figure.key.indicator)
          .add("subject", figure.key.subject)
          .add("unit", figure.key.unit);
      one.add("year",
              figure.key.year == 0 ? JsonValue() : JsonValue(static_cast<double>(figure.key.year)));
      one.add("before", figure.before).add("after", figure.after).add("change", figure.change);
      one.add("low", figure.band ? JsonValue(figure.band->low) : JsonValue());
      one.add("high", figure.band ? JsonValue(figure.band->high) : JsonValue());
      figures.push(std::move(one));
    }
    list.push(JsonValue::object()
                  .add("text", claim.text)
                  .add("certainty", name_of(claim.certainty))
                  .add("figures", std::move(figures)));
  }
  return list;
}

}  // namespace chokepoint
