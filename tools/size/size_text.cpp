#include "tools/size/size_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <string_view>

#include "tools/estimate/serving_answer.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, 4> kConfidences = {"official", "reported", "estimated",
                                                          "recalled"};

std::string breaking_section(const SizeQuestion& question, const std::vector<SizedKind>& kinds) {
  std::string entries;
  for (const SizedKind& kind : kinds) {
    if (kind.fleet() == nullptr) continue;
    entries += entry(kind.device, breaking_text(question.target.bounds, kind.fleet()->breaking,
                                                *question.target.rate));
  }
  return section("What breaks first at more requests", entries);
}

/// Devices with the same to be said of them stand together, in their order.
class Shared {
public:
  void add(const std::string& device, const std::string& text) {
    const auto known = std::ranges::find(texts_, text, &Said::text);
    if (known == texts_.end()) {
      texts_.push_back({text, device});
    } else {
      known->devices += ", " + device;
    }
  }
  std::string entries() const {
    std::string all;
    for (const Said& said : texts_) all += entry(said.devices, said.text);
    return all;
  }

private:
  struct Said {
    std::string text, devices;
  };
  std::vector<Said> texts_;
};

/// What is to be known of the fleets: `of` says it of one, or nothing.
template <class Of>
std::string shared_section(const std::string& title, const std::vector<SizedKind>& kinds, Of of) {
  Shared shared;
  for (const SizedKind& kind : kinds) {
    const std::string text = of(kind);
    if (!text.empty()) shared.add(kind.device, text);
  }
  return section(title, shared.entries());
}

std::string prices_section(const SizeQuestion& question, const std::vector<SizedKind>& kinds,
                           const World& world) {
  std::string prices;
  for (const SizedKind& kind : kinds) {
    if (kind.fleet() == nullptr) continue;
    if (!prices.empty()) prices += "; ";
    prices += kind.device + " ";
    prices += price_text(*kind.subject, question.of.device_price_usd.has_value(), world);
  }
  if (prices.empty()) return "";
  return section("Prices of a device with its share of the server",
                 paragraph(prices, kTableColumns, 2));
}

std::string errors_section(const std::vector<SizedKind>& kinds, const World& world) {
  return shared_section("Errors to expect in TPOT", kinds,
                        [&](const SizedKind& kind) -> std::string {
                          if (kind.fleet() == nullptr) return "";
                          return error_text(error_of(*kind.subject, world, ServingMetric::Tpot));
                        });
}

std::string limits_section(const std::vector<SizedKind>& kinds) {
  return shared_section("With a condition", kinds, [](const SizedKind& kind) -> std::string {
    if (kind.fleet() == nullptr) return "";
    const bool is_tight = kind.fleet()->estimate.fit.fit == MemoryFit::AtTheLimit;
    std::string text = kind.ruling.text();
    if (is_tight) text += text.empty() ? "memory is at its limit" : "; memory is at its limit";
    return text;
  });
}

/// "2026Q4": datasheets are no more precise.
std::string quarter_of(Date date) {
  const std::chrono::year_month_day day(date);
  return fmt::format("{}Q{}", int(day.year()), (unsigned(day.month()) + 2) / 3);
}

/// Where no day is asked for, some may not be sold yet.
std::string sales_section(const SizeQuestion& question, const std::vector<SizedKind>& kinds) {
  if (question.on) return "";
  std::string sales;
  for (const SizedKind& kind : kinds) {
    if (!kind.left_out.empty()) continue;
    if (!sales.empty()) sales += "; ";
    sales += kind.device + " " + (kind.sold_from ? quarter_of(*kind.sold_from) : "not known");
  }
  if (sales.empty()) return "";
  return section("First sold (--on DATE leaves out what is sold later)",
                 paragraph(sales, kTableColumns, 2));
}

std::string none_section(const SizeQuestion& question, const std::vector<SizedKind>& kinds) {
  std::string entries;
  for (const SizedKind& kind : kinds) {
    if (const auto* none = std::get_if<NoFleet>(&kind.found)) {
      entries += entry(kind.device, none_text(question, *none));
    }
  }
  return section("No fleet meets it", entries);
}

std::string left_out_section(const std::vector<SizedKind>& kinds) {
  return shared_section("Left out", kinds, [](const SizedKind& kind) { return kind.left_out; });
}

Column text_column(const std::string& name, const std::string& heading, std::size_t group) {
  return {name, Type::Text, heading, nullptr, group};
}

std::vector<Column> columns_for(const SizeQuestion& question) {
  constexpr std::size_t kFleet = 1, kTimes = 2, kCosts = 3;
  std::vector<Column> columns = {text_column("device", "device", 0),
                                 {"devices", Type::Count, "devices", nullptr, kFleet},
                                 {"replicas", Type::Count, "replicas", nullptr, kFleet},
                                 text_column("plan", "of", kFleet),
                                 text_column("format", "format", kFleet),
                                 {"in_flight", Type::Real, "batch", format_rough, kFleet}};
  for (const LatencyBound& bound : question.target.bounds) {
    columns.push_back(text_column(bound_name(bound), bound_name(bound), kTimes));
  }
  columns.push_back(text_column("within", "SLO met", kTimes));
  columns.push_back(text_column("cache", "cache", kTimes));
  columns.push_back({"power_kw", Type::Real, "kW", format_rough, kCosts});
  columns.push_back({"usd_month", Type::Real, "$/month", format_value, kCosts});
  columns.push_back({"usd_per_million", Type::Real, "$/M tokens", format_fixed<2>, kCosts});
  return columns;
}

}  // namespace

std::string entry(const std::string& device, const std::string& text) {
  return paragraph(device + ": " + text, kTableColumns, 2, 2);
}

std::string section(const std::string& title, const std::string& entries) {
  return entries.empty() ? "" : "\n" + title + "\n" + entries;
}

std::string format_word(const Precision& precision) {
  const NumericFormat most = precision.experts;
  return most == NumericFormat::Fp8Block ? "fp8" : in_words(most);
}

std::string question_text(const SizeQuestion& question) {
  std::string text = fmt::format("{}: {} tokens in, {} out", question.of.model,
                                 format_value(std::round(question.load.prompt.value)),
                                 format_value(std::round(question.load.output.value)));
  if (question.target.rate) {
    text += fmt::format(", {} requests/s", format_value(*question.target.rate));
  }
  text += ";";
  for (const LatencyBound& bound : question.target.bounds) {
    text += (text.back() == ';' ? " " : ", ") + bound_text(bound);
  }
  return text + ". " + question.load.text + ".";
}

Table size_table(const SizeQuestion& question, const std::vector<SizedKind>& kinds) {
  Table table("size", columns_for(question));
  for (const SizedKind& kind : kinds) {
    const SizedFleet* fleet = kind.fleet();
    if (fleet == nullptr) continue;
    const ServingPlan& plan = fleet->estimate.plan;
    std::vector<Cell> cells = {kind.device,
                               static_cast<double>(fleet->devices()),
                               static_cast<double>(fleet->replicas),
                               plan_text(plan),
                               format_word(plan.precision),
                               fleet->trial.in_flight};
    for (const LatencyBound& bound : question.target.bounds) {
      cells.emplace_back(latency_text(fleet->trial.latencies.figure(bound)));
    }
    cells.emplace_back(format_share<1>(fleet->trial.share_within()));
    cells.emplace_back(format_share(fleet->trial.cache_use));
    cells.emplace_back(kind.cost.power.value * 1e-3);
    const auto& month = kind.cost.per_month;
    cells.push_back(month ? Cell(month->value) : Cell());
    cells.emplace_back(kind.cost.usd_per_million_tokens);
    table.add_row(std::move(cells));
  }
  return table;
}

std::string breaking_text(const std::vector<LatencyBound>& bounds,
                          const std::optional<Breaking>& breaking, std::optional<double> rate) {
  if (!breaking) return "at the limit: with other draws the target is missed at this rate";
  if (breaking->is_open) {
    return fmt::format("not broken by these requests, up to {} a second",
                       format_rough(breaking->rate));
  }
  std::string text = fmt::format("it holds {} requests/s", format_rough(breaking->rate));
  const LatencyBound& bound = bounds[breaking->broken];
  if (rate) text += fmt::format(" ({:+.0f} %)", (breaking->rate / *rate - 1) * 100);
  text += fmt::format("; at {} {} is {}, the cache {} full", format_rough(breaking->tried),
                      bound_name(bound), latency_text(breaking->figure),
                      format_share(breaking->cache_use));
  if (breaking->grew) text += ": more come than it serves";
  if (breaking->is_memory) text += ": requests wait for KV memory";
  return text;
}

std::string price_text(const ServingSubject& subject, bool is_given, const World& world) {
  if (!subject.upkeep.price) return "no price is known";
  std::string price = "$" + format_value(subject.upkeep.price->value);
  if (is_given) return price + " (as given)";
  const auto& input = subject.device->price_input;
  if (!input) return price;
  const Input& cited = world.inputs[input->value];
  return fmt::format("{} ({}, {})", price, kConfidences[static_cast<std::size_t>(cited.confidence)],
                     world.sources[cited.source.value]);
}

std::string none_text(const SizeQuestion& question, const NoFleet& none) {
  if (none.why == NoFleet::Why::Memory) {
    return "it does not fit: " +
           memory_text(none.nearest, question.load.prompt + question.load.output);
  }
  const LatencyBound& bound = question.target.bounds[none.broken];
  const std::string plan = fmt::format("{} in {}", plan_text(none.nearest.plan),
                                       format_word(none.nearest.plan.precision));
  if (none.why == NoFleet::Why::Alone) {
    LatencyBound mean = bound;
    mean.quantile.reset();
    return fmt::format("one request alone has a {} of {} at best ({}), and {} is asked",
                       bound_name(mean), latency_text(none.figure), plan, bound_text(bound));
  }
  return fmt::format("{} is {} in an idle fleet ({}), and {} is asked", bound_name(bound),
                     latency_text(none.figure), plan, bound_text(bound));
}

std::string size_text(const SizeQuestion& question, const std::vector<SizedKind>& kinds,
                      const World& world) {
  const Table table = size_table(question, kinds);
  std::string text = wrap(question_text(question), kTableColumns, 0) + "\n";
  if (!table.is_empty()) text += "\n" + to_text(table);
  return text + breaking_section(question, kinds) + prices_section(question, kinds, world) +
         sales_section(question, kinds) + errors_section(kinds, world) + limits_section(kinds) +
         none_section(question, kinds) + left_out_section(kinds);
}

}  // namespace chokepoint
