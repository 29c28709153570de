#include "sim/logs/servegen_clients.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "models/serving/sources/altered.hpp"
#include "models/serving/sources/merged.hpp"
#include "sim/logs/csv_line.hpp"
#include "sim/logs/log_lines.hpp"
#include "sim/logs/whole_log.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
namespace dom = simdjson::dom;

constexpr std::string_view kTraceEnd = "-trace.csv";
constexpr double kMostRate = 1e6;
constexpr double kMostLength = 1e7;

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  return is_number && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// One row of a curve; a complaint of its first wrong cell.
std::optional<LineComplaint> read_step(const CsvLine& row, RateCurve& into) {
  const auto& cells = row.cells();
  if (cells.size() != 6) {
    return LineComplaint{0, concat("this line has ", std::to_string(cells.size()), " cells, not 6"),
                         "time in s, rate, variation, pattern and its two parameters"};
  }
  const auto from = number_of(cells[0].text), rate = number_of(cells[1].text);
  const auto shape = number_of(cells[4].text);
  const double last = into.steps.empty() ? -1 : into.steps.back().from.value;
  if (!from || *from < 0 || *from > 1e9) {
    return LineComplaint{cells[0].offset, concat("the time is ", in_quotes(cells[0].text)),
                         "must be seconds from 0"};
  }
  if (*from <= last) return LineComplaint{cells[0].offset, "time goes back", "sort the windows"};
  if (!rate || *rate < 0 || *rate > kMostRate) {
    return LineComplaint{cells[1].offset, concat("the rate is ", in_quotes(cells[1].text)),
                         concat("must be requests a second, from 0 to ", kMostRate)};
  }
  Gaps gaps;
  const std::string_view pattern = cells[3].text;
  if (pattern == "Gamma") gaps.kind = Gaps::Kind::Gamma;
  if (pattern == "Weibull") gaps.kind = Gaps::Kind::Weibull;
  if (gaps.kind == Gaps::Kind::Exponential && !pattern.empty()) {
    return LineComplaint{cells[3].offset, concat("no pattern ", in_quotes(pattern)),
                         "Gamma, Weibull or nothing"};
  }
  if (gaps.kind != Gaps::Kind::Exponential) {
    if (!shape || *shape < 1e-3 || *shape > 1e6) {
      return LineComplaint{cells[4].offset, concat("the shape is ", in_quotes(cells[4].text)),
                           "must be a number from 0.001 to 1000000"};
    }
    gaps.shape = gaps.kind == Gaps::Kind::Weibull ? std::max(*shape, 0.05) : *shape;
  }
  into.steps.push_back({Seconds{*from}, *rate, gaps});
  return std::nullopt;
}

/// The curve of a client; the windows begin at 0 and are as long as the first of them.
RateCurve read_curve(const fs::path& path, Diagnostics& found) {
  RateCurve curve;
  LogLines lines(path);
  CsvLine row;
  while (const auto line = lines.next()) {
    if (line->text.empty() || found.is_full()) continue;
    row.split(line->text, ',');
    const auto complaint = read_step(row, curve);
    if (!complaint) continue;
    const SourceLocation where{path.string(), static_cast<int>(line->number),
                               static_cast<int>(complaint->offset) + 1};
    found.remember_line(where, std::string(line->text));
    found.error(where, complaint->message, complaint->help);
  }
  const SourceLocation whole{path.string(), 0, 0};
  if (!lines.complaint().empty()) found.error(whole, lines.complaint());
  if (curve.steps.empty()) {
    if (lines.complaint().empty()) found.error(whole, "holds no window of a client");
    return constant_rate(0);
  }
  const Seconds first = curve.steps.front().from;
  for (RateStep& step : curve.steps) step.from -= first;
  const Seconds width = curve.steps.size() > 1 ? curve.steps[1].from : Seconds{600};
  curve.period = curve.steps.back().from + width;
  return curve;
}

/// "{45: 0.0096, 46: 0.0117}" as ServeGen writes it; nothing where it is no such text.
std::optional<Lengths> read_weights(std::string_view text) {
  std::vector<std::pair<std::uint32_t, double>> weights;
  double sum = 0;
  const auto skip = [&](std::string_view what) {
    text.remove_prefix(std::min(text.find_first_not_of(what), text.size()));
  };
  const auto take = [&]() -> std::optional<double> {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || !(value >= 0)) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
  };
  skip(" {");
  while (!text.empty() && text[0] != '}') {
    const auto tokens = take();
    skip(" :");
    const auto weight = take();
    skip(" ,");
    if (!tokens || !weight || *tokens > kMostLength) return std::nullopt;
    weights.emplace_back(static_cast<std::uint32_t>(std::max(std::round(*tokens), 1.0)), *weight);
    sum += *weight;
  }
  if (!(sum > 0 && std::isfinite(sum))) return std::nullopt;
  return Lengths::tabled(weights);
}

std::optional<Lengths> lengths_in(const dom::element& window, const char* key) {
  std::string_view text;
  if (window[key].get(text) != simdjson::SUCCESS) return std::nullopt;
  return read_weights(text);
}

std::vector<LengthStep> read_lengths(const fs::path& path, Diagnostics& found) {
  const SourceLocation whole{path.string(), 0, 0};
  const auto text = whole_log(path, found);
  if (!text) return {};
  dom::parser parser;
  dom::object windows;
  if (parser.parse(simdjson::padded_string(*text)).get(windows) != simdjson::SUCCESS) {
    found.error(whole, "is no JSON object, or is cut off",
                "windows by their first second, each with input_tokens and output_tokens");
    return {};
  }
  std::map<double, LengthStep> by_time;
  for (const auto& window : windows) {
    const auto from = number_of(window.key);
    auto prompt = lengths_in(window.value, "input_tokens");
    auto output = lengths_in(window.value, "output_tokens");
    if (!prompt || !output) continue;  // A window in which nothing came.
    if (!from || *from < 0) {
      found.error(whole, concat("a window begins at ", in_quotes(window.key)), "must be seconds");
      continue;
    }
    by_time.insert_or_assign(*from,
                             LengthStep{Seconds{*from}, std::move(*prompt), std::move(*output)});
  }
  std::vector<LengthStep> steps;
  steps.reserve(by_time.size());
  for (auto& [from, step] : by_time) steps.push_back(std::move(step));
  if (!steps.empty()) steps.front().from = Seconds{0};
  return steps;
}

/// The number in "chunk-12-trace.csv", to sort by; names without one come last.
std::uint64_t number_in_name(const std::string& name) {
  const auto digits = name.find_first_of("0123456789");
  std::uint64_t number = ~std::uint64_t{0};
  if (digits != std::string::npos) {
    std::from_chars(name.data() + digits, name.data() + name.size(), number);
  }
  return number;
}

std::vector<fs::path> traces_of(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return {path};
  std::vector<std::pair<std::pair<std::uint64_t, std::string>, fs::path>> named;
  for (const auto& entry : fs::directory_iterator(path, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(kTraceEnd)) named.push_back({{number_in_name(name), name}, entry.path()});
  }
  std::sort(named.begin(), named.end());
  std::vector<fs::path> traces;
  traces.reserve(named.size());
  for (auto& [key, trace] : named) traces.push_back(std::move(trace));
  return traces;
}

/// All clients begin anew together; one whose windows end before sends nothing until then.
void align_periods(std::vector<ServeGenClient>& clients) {
  Seconds longest;
  for (const ServeGenClient& client : clients) longest = std::max(longest, client.rate.period);
  for (ServeGenClient& client : clients) {
    if (client.rate.period < longest) client.rate.steps.push_back({client.rate.period, 0});
    client.rate.period = longest;
  }
}

}  // namespace

std::vector<ServeGenClient> read_servegen_clients(const fs::path& path, Diagnostics& found) {
  std::vector<ServeGenClient> clients;
  for (const fs::path& trace : traces_of(path)) {
    if (found.is_full()) break;
    const std::string name = trace.filename().string();
    if (!name.ends_with(kTraceEnd)) {
      found.error({trace.string(), 0, 0}, "is not called as curves of ServeGen are",
                  "chunk-N-trace.csv, with chunk-N-dataset.json beside it");
      continue;
    }
    ServeGenClient client;
    client.name = name.substr(0, name.size() - kTraceEnd.size());
    client.rate = read_curve(trace, found);
    const bool is_active = std::any_of(client.rate.steps.begin(), client.rate.steps.end(),
                                       [](const RateStep& step) { return step.per_second > 0; });
    if (!is_active) continue;
    const fs::path dataset = trace.parent_path() / (client.name + "-dataset.json");
    const std::size_t before = found.errors();
    client.lengths = read_lengths(dataset, found);
    if (client.lengths.empty() && found.errors() == before) {
      found.error({dataset.string(), 0, 0}, "has no window with input_tokens and output_tokens");
    }
    clients.push_back(std::move(client));
  }
  align_periods(clients);
  if (clients.empty() && !found.has_errors()) {
    found.error({path.string(), 0, 0}, "holds no client of ServeGen that sends anything",
                "a folder with chunk-N-trace.csv and chunk-N-dataset.json");
  }
  return clients;
}

std::unique_ptr<RequestSource> source_of(const std::vector<ServeGenClient>& clients,
                                         std::uint64_t seed) {
  assert(!clients.empty());
  std::vector<std::unique_ptr<RequestSource>> sources;
  sources.reserve(clients.size());
  for (const ServeGenClient& client : clients) {
    sources.push_back(
        std::make_unique<OpenLoop>(client.rate, client.lengths, seed, "servegen/" + client.name));
  }
  return std::make_unique<CutSource>(std::make_unique<Merged>(std::move(sources)),
                                     Cut{0, to_nanoseconds(clients.front().rate.period)});
}

}  // namespace chokepoint
