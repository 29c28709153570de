#include "tools/size/target_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr std::array kMetrics = {LatencyMetric::Ttft, LatencyMetric::Tpot, LatencyMetric::E2e};
constexpr std::array<std::string_view, kLatencyMetrics> kMetricWords = {"TTFT", "TPOT", "E2E"};

struct Statistic {
  std::string_view word;
  std::optional<double> quantile;
};
constexpr std::array kStatistics = {Statistic{"p50", 0.5}, Statistic{"p90", 0.9},
                                    Statistic{"p95", 0.95}, Statistic{"p99", 0.99},
                                    Statistic{"mean", std::nullopt}};

struct NamedUnit {
  std::string_view word;
  double in_seconds;
};
constexpr std::array kTimeUnits = {NamedUnit{"s", 1.0},   NamedUnit{"ms", 1e-3},
                                   NamedUnit{"us", 1e-6}, NamedUnit{"min", 60.0},
                                   NamedUnit{"m", 60.0},  NamedUnit{"h", 3600.0}};
constexpr std::array kRateUnits = {NamedUnit{"/s", 1.0}, NamedUnit{"/min", 1.0 / 60},
                                   NamedUnit{"/h", 1.0 / 3600}};

constexpr double kLeastRate = 0.99 / 3600, kMostRate = 1e6;  // Requests a second.

constexpr const char* kForm =
    "bounds are like ttft_p99<2s or tpot_mean<50ms, a rate is like rate=100/s";

/// A part of the text, and where it stands.
struct Piece {
  std::string_view text;
  std::size_t at = 0;

  Piece from(std::size_t offset) const { return {text.substr(offset), at + offset}; }
  Piece first(std::size_t count) const { return {text.substr(0, count), at}; }
};

Piece trimmed(Piece piece) {
  const auto begin = std::min(piece.text.find_first_not_of(' '), piece.text.size());
  piece = piece.from(begin);
  const auto end = piece.text.find_last_not_of(' ');
  return piece.first(end == std::string_view::npos ? 0 : end + 1);
}

/// Reads one target, and complains of all that is wrong with it.
class Reader {
public:
  Reader(const std::string& text, Diagnostics& found) : text_(text), found_(found) {
    found_.remember(kFlag, text);
  }

  SizeTarget read() {
    Piece rest{text_, 0};
    while (true) {
      const auto comma = rest.text.find(',');
      read_term(trimmed(rest.first(comma)));
      if (comma == std::string_view::npos) break;
      rest = rest.from(comma + 1);
    }
    if (target_.bounds.empty() && !found_.has_errors()) {
      complain({text_, 0}, "no time is bound", kForm);
    }
    return std::move(target_);
  }

private:
  static constexpr const char* kFlag = "--target";

  void complain(const Piece& at, std::string message, std::string help) {
    found_.error({kFlag, 1, static_cast<int>(at.at) + 1}, std::move(message), std::move(help));
  }

  void read_term(const Piece& term) {
    const auto sign = term.text.find_first_of("<>=");
    if (term.text.empty()) return complain(term, "nothing stands here", kForm);
    if (sign == std::string_view::npos) {
      return complain(term, concat(in_quotes(term.text), " says of nothing how much"), kForm);
    }
    const Piece name = trimmed(term.first(sign));
    const bool has_equal = term.text.substr(sign, 2) == "<=";
    const Piece value = trimmed(term.from(sign + (has_equal ? 2 : 1)));
    if (name.text == "rate") {
      if (term.text[sign] != '=')
        return complain(term.from(sign), "a rate is given with '='", kForm);
      return read_rate(name, value);
    }
    if (term.text[sign] != '<') {
      return complain(term.from(sign),
                      concat("a time is bound with '<', not '", term.text.substr(sign, 1), "'"),
                      kForm);
    }
    read_bound(name, value);
  }

  void read_rate(const Piece& name, const Piece& value) {
    const auto rate = quantity(value, kRateUnits, "100/s or 6000/min");
    if (!rate) return;
    if (*rate < kLeastRate || *rate > kMostRate) {
      return complain(value, concat(in_quotes(value.text), " is out of range"),
                      "from 1/h to 1000000/s");
    }
    if (target_.rate) return complain(name, "a second rate", "give one");
    target_.rate = *rate;
  }

  void read_bound(const Piece& name, const Piece& value) {
    const auto line = name.text.find('_');
    const auto metric = std::ranges::find(kMetrics, name.text.substr(0, line),
                                          [](LatencyMetric one) { return chokepoint::name(one); });
    if (metric == kMetrics.end()) {
      return complain(name, concat("no time is called ", in_quotes(name.text.substr(0, line))),
                      did_you_mean(std::string(name.text.substr(0, line)),
                                   {"ttft", "tpot", "e2e", "rate"}, "known: ttft, tpot, e2e"));
    }
    if (line == std::string_view::npos) {
      return complain(name, concat(in_quotes(name.text), " does not say of which requests"),
                      concat("say ", name.text, "_p99, or _p95, _p90, _p50, _mean"));
    }
    const auto word = name.text.substr(line + 1);
    const auto statistic = std::ranges::find(kStatistics, word, &Statistic::word);
    if (statistic == kStatistics.end()) {
      return complain(name.from(line + 1), concat("no statistic ", in_quotes(word)),
                      "known: p50, p90, p95, p99, mean");
    }
    const auto most = quantity(value, kTimeUnits, "2s or 50ms");
    if (!most) return;
    const LatencyBound bound{*metric, statistic->quantile, Seconds{*most}};
    const bool is_there = std::ranges::any_of(target_.bounds, [&](const LatencyBound& other) {
      return other.metric == bound.metric && other.quantile == bound.quantile;
    });
    if (is_there) return complain(name, concat("a second bound on ", name.text), "give one");
    target_.bounds.push_back(bound);
  }

  /// A positive number with one of `units`.
  std::optional<double> quantity(const Piece& value, std::span<const NamedUnit> units,
                                 const std::string& example) {
    double number = 0;
    const char* end = value.text.data() + value.text.size();
    const auto read = std::from_chars(value.text.data(), end, number);
    if (read.ec != std::errc{} || !std::isfinite(number)) {
      complain(value, concat(in_quotes(value.text), " is not a number with its unit"),
               "write it like " + example);
      return std::nullopt;
    }
    const Piece unit = trimmed(value.from(static_cast<std::size_t>(read.ptr - value.text.data())));
    const auto known = std::ranges::find(units, unit.text, &NamedUnit::word);
    if (known == units.end()) {
      complain(unit,
               unit.text.empty() ? "no unit" : concat("no unit ", in_quotes(unit.text), " here"),
               "write it like " + example);
      return std::nullopt;
    }
    if (number <= 0) {
      complain(value, concat(in_quotes(value.text), " is not positive"), "");
      return std::nullopt;
    }
    return number * known->in_seconds;
  }

  const std::string& text_;
  Diagnostics& found_;
  SizeTarget target_;
};

}  // namespace

std::optional<SizeTarget> read_target(const std::string& text, Diagnostics& found) {
  const std::size_t before = found.errors();
  SizeTarget target = Reader(text, found).read();
  return found.errors() > before ? std::nullopt : std::optional(std::move(target));
}

std::optional<double> seconds_of_unit(std::string_view word) {
  const auto known = std::ranges::find(kTimeUnits, word, &NamedUnit::word);
  return known == kTimeUnits.end() ? std::nullopt : std::optional(known->in_seconds);
}

std::string bound_name(const LatencyBound& bound) {
  const std::string metric(kMetricWords[static_cast<std::size_t>(bound.metric)]);
  if (!bound.quantile) return "mean " + metric;
  return metric + fmt::format(" p{:.0f}", *bound.quantile * 100);
}

std::string latency_text(Seconds time) {
  if (!std::isfinite(time.value)) return "without end";
  return time.value < 1 ? format_rough(time.value * 1e3) + " ms" : format_rough(time.value) + " s";
}

std::string bound_text(const LatencyBound& bound) {
  return bound_name(bound) + " < " + latency_text(bound.most);
}

}  // namespace chokepoint
