#include "tools/report/why.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "sim/indicators/listing.hpp"
#include "sim/indicators/yearly.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

/// The figures of one kind for one kind of work.
struct KindFigures {
  double wished = 0.0, spending = 0.0, roof = 0.0, coverage = 0.0, price = 0.0;
  double preference = 0.0, let_through = 0.0, delivered = 0.0;

  double useful_per_dollar() const { return coverage / price; }
};
using ByKind = std::map<std::string, KindFigures>;

constexpr const char* kHowToReadKinds =
    "roof: nominal H100e of one package; coverage: what its stack and ports attain of that, "
    "against what CUDA does of an H100; price: a month of owning a nominal H100e, with server and "
    "energy; useful: of a usable one; preference: what captivity, risk and porting are worth, as a "
    "part of the price";

/// What was wished for of `kind` in `year` for `work`; nothing where it was not wished for, or does
/// none of it.
std::optional<KindFigures> figures_of_kind(const Figures& yearly, int year, WorkKind work,
                                           const std::string& kind) {
  const auto figure = [&](const YearlyIndicator& what) {
    return value_or_none(yearly, what.of(work, kind, year));
  };
  KindFigures figures;
  figures.wished = figure(indicator("kind_wished_"));
  figures.spending = figure(indicator("kind_spending_"));
  figures.roof = figure(indicator("kind_roof_"));
  figures.coverage = figure(indicator("kind_coverage_"));
  figures.price = figure(indicator("kind_price_"));
  figures.preference = figure(indicator("kind_preference_"));
  figures.let_through = figure(indicator("kind_let_through_"));
  figures.delivered = figure(indicator("kind_delivered_"));
  if (figures.wished <= 0.0 || figures.useful_per_dollar() <= 0.0 || figures.price <= 0.0) {
    return std::nullopt;
  }
  return figures;
}

ByKind kinds_of(const Figures& yearly, int year, WorkKind work) {
  ByKind kinds;
  for (const char* kind : kKindNames) {
    if (const auto figures = figures_of_kind(yearly, year, work, kind)) kinds[kind] = *figures;
  }
  return kinds;
}

std::string percent(double share) {
  return fmt::format("{:.0f}%", 100.0 * share);
}

/// As a part of the price that a buyer would pay more for the same utility.
double price_part(const World& world, double preference) {
  return std::exp(preference / world.choice.sensitivity.value) - 1.0;
}

std::string signed_percent(double share) {
  return fmt::format("{:+.0f}%", 100.0 * share);
}

Table table_of_kinds() {
  return {"kinds",
          {"work", "kind", Column("spending_share", "", percent), "wished_packages",
           Column("roof_h100e", "", format_fixed<2>), Column("coverage_share", "", percent),
           "price_usd_per_month", "useful_usd_per_month",
           Column("preference_share", "", signed_percent),
           Column("let_through_share", "let\nthrough", percent),
           Column("delivered_share", "", percent)}};
}

void add_rows(const World& world, const std::string& work, const ByKind& kinds, Table& table) {
  for (const auto& [kind, of] : kinds) {
    table.add_row({work, kind, of.spending, std::round(of.wished), of.roof, of.coverage,
                   std::round(of.price), std::round(of.price / of.coverage),
                   price_part(world, of.preference), of.let_through, of.delivered});
  }
}

const std::string& leader_of(const ByKind& kinds) {
  auto leader = kinds.begin();
  for (auto it = kinds.begin(); it != kinds.end(); ++it) {
    if (it->second.spending > leader->second.spending) leader = it;
  }
  return leader->first;
}

/// "decode: gpu has 60 % of the money. npu, 30 %: a dollar does 0.71 of the work (price 1.1 times,
/// coverage 0.6 of that), 100 % let through against 40 %, 50 % delivered against 98 %."
std::string against_leader(const std::string& work, const ByKind& kinds) {
  const std::string& leader = leader_of(kinds);
  const KindFigures& best = kinds.at(leader);
  std::string text =
      fmt::format("{}: {} has {} of the money.", work, leader, percent(best.spending));
  for (const auto& [kind, of] : kinds) {
    if (kind == leader) continue;
    text += fmt::format(
        " {}, {}: a dollar does {:.2f} times the work (price of a nominal H100e {:.2f}, coverage "
        "{:.2f} times that of {}); let through {} against {}, delivered {} against {}.",
        kind, percent(of.spending), of.useful_per_dollar() / best.useful_per_dollar(),
        of.price / best.price, of.coverage / best.coverage, leader, percent(of.let_through),
        percent(best.let_through), percent(of.delivered), percent(best.delivered));
  }
  return text;
}

/// "npu has 20 % of the money for training and 40 % of that for decode: against all kinds a dollar
/// does 1.9 times as much decode as training, by its roof 1.5 and its stack 1.3 times."
std::string by_work(const std::string& kind, const KindFigures& training, const KindFigures& decode,
                    const KindFigures& all_training, const KindFigures& all_decode) {
  const double by_roof = (all_decode.price / decode.price) / (all_training.price / training.price);
  const double by_stack =
      (decode.coverage / all_decode.coverage) / (training.coverage / all_training.coverage);
  return fmt::format(
      "{} has {} of the money for training and {} of that for decode: against all kinds a dollar "
      "does {:.2f} times as much decode as training, {:.2f} by its roof and {:.2f} by its stack.",
      kind, percent(training.spending), percent(decode.spending), by_roof * by_stack, by_roof,
      by_stack);
}

std::string contrasts(const Figures& yearly, int year, const ByKind& training,
                      const ByKind& decode) {
  const auto all_training = figures_of_kind(yearly, year, WorkKind::Training, kAllKinds);
  const auto all_decode = figures_of_kind(yearly, year, WorkKind::Decode, kAllKinds);
  std::string text;
  for (const auto& [kind, of] : training) {
    const auto other = decode.find(kind);
    if (other == decode.end() || !all_training || !all_decode) continue;
    text +=
        paragraph(by_work(kind, of, other->second, *all_training, *all_decode), kTextWidth, 0, 2);
  }
  return text;
}

}  // namespace

std::optional<std::string> kinds_text(const World& world, const Figures& yearly, int year) {
  std::map<WorkKind, ByKind> by_work_kind;
  Table table = table_of_kinds();
  std::string sentences;
  for (std::size_t work = 0; work < kWorkKinds; ++work) {
    const auto of = static_cast<WorkKind>(work);
    const ByKind kinds = kinds_of(yearly, year, of);
    if (kinds.empty()) continue;
    add_rows(world, kWorkNames[work], kinds, table);
    sentences += paragraph(against_leader(kWorkNames[work], kinds), kTextWidth, 0, 2);
    by_work_kind[of] = kinds;
  }
  if (table.is_empty()) return std::nullopt;
  return fmt::format(
      "kinds of devices and mainland buyers, {}\n{}{}\n\n{}\n{}", year, to_text(table),
      wrap(kHowToReadKinds, kTextWidth, 0), sentences,
      contrasts(yearly, year, by_work_kind[WorkKind::Training], by_work_kind[WorkKind::Decode]));
}

std::optional<JsonValue> kinds_json(const World& world, const Figures& yearly, int year) {
  Table table = table_of_kinds();
  for (std::size_t work = 0; work < kWorkKinds; ++work) {
    add_rows(world, kWorkNames[work], kinds_of(yearly, year, static_cast<WorkKind>(work)), table);
  }
  if (table.is_empty()) return std::nullopt;
  return JsonValue::object()
      .add("schema", "chokepoint.why.kinds/1")
      .add("year", static_cast<double>(year))
      .add("kinds", to_json(table));
}

}  // namespace chokepoint
