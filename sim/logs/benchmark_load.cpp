#include "sim/logs/benchmark_load.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "models/serving/sources/closed_loop.hpp"
#include "models/serving/sources/listed.hpp"
#include "models/serving/sources/open_loop.hpp"
#include "sim/logs/whole_log.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

namespace dom = simdjson::dom;

constexpr double kMostTokensOfRun = 1e7;
constexpr double kMostPrompts = 1e7;

/// Words of Python's that JSON has not, as null, in as many bytes. Texts that hold them are of no
/// matter here.
void replace_bare_words(std::string& text) {
  struct Word {
    std::string_view bare, instead;
  };
  constexpr Word kWords[] = {
      {": NaN", ":null"}, {": Infinity", ": null    "}, {": -Infinity", ": null     "}};
  for (const Word& word : kWords) {
    for (auto at = text.find(word.bare); at != std::string::npos; at = text.find(word.bare, at)) {
      text.replace(at, word.bare.size(), word.instead);
    }
  }
}

std::optional<double> number(const dom::object& run, const char* key) {
  double value = 0;
  if (run[key].get(value) != simdjson::SUCCESS || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> first_number(const dom::object& run,
                                   std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (const auto value = number(run, key)) return value;
  }
  return std::nullopt;
}

/// Numbers of a list; none where it is not there, or not one of numbers.
std::vector<double> numbers(const dom::object& run, const char* key) {
  std::vector<double> values;
  dom::array list;
  if (run[key].get(list) != simdjson::SUCCESS) return values;
  for (const dom::element element : list) {
    double value = 0;
    if (element.get(value) != simdjson::SUCCESS || !std::isfinite(value)) return {};
    values.push_back(value);
  }
  return values;
}

bool is_token_count(double value) {
  return value >= 0 && value <= kMostTokensOfRun && value == std::floor(value);
}

Request request_of(double prompt, double output, Nanoseconds arrival) {
  Request request;
  request.arrival = arrival;
  request.prompt = static_cast<std::uint32_t>(prompt);
  request.output = static_cast<std::uint32_t>(output);
  return request;
}

/// From lists of lengths, a request each; false where they are of no use.
bool add_listed(const dom::object& run, BenchmarkLoad& load) {
  const auto prompts = numbers(run, "input_lens"), outputs = numbers(run, "output_lens");
  const auto starts = numbers(run, "start_times");
  if (prompts.empty() || prompts.size() != outputs.size()) return false;
  load.has_arrivals = starts.size() == prompts.size();
  const double first = load.has_arrivals ? *std::min_element(starts.begin(), starts.end()) : 0;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    if (!is_token_count(prompts[i]) || !is_token_count(outputs[i])) return false;
    if (prompts[i] == 0 || outputs[i] == 0) {
      ++load.without_tokens;
      continue;
    }
    const double start = load.has_arrivals ? std::min(starts[i] - first, 1e9) : 0;
    load.requests.push_back(request_of(prompts[i], outputs[i], to_nanoseconds(Seconds{start})));
  }
  std::stable_sort(load.requests.begin(), load.requests.end(),
                   [](const Request& a, const Request& b) { return a.arrival < b.arrival; });
  return true;
}

/// From sums: as many requests of the mean lengths; false where they say too little.
bool add_means(const dom::object& run, BenchmarkLoad& load) {
  const auto count = first_number(run, {"completed", "num_prompts"});
  const auto prompts = first_number(run, {"total_input_tokens", "total_input"});
  const auto outputs = first_number(run, {"total_output_tokens", "total_output"});
  if (!count || !prompts || !outputs || *count < 1 || *count > kMostPrompts) return false;
  const double prompt = std::round(*prompts / *count), output = std::round(*outputs / *count);
  if (!is_token_count(prompt) || !is_token_count(output) || prompt < 1 || output < 1) return false;
  load.has_means_only = true;
  load.requests.assign(static_cast<std::size_t>(*count), request_of(prompt, output, 0));
  return true;
}

std::optional<BenchmarkLoad> load_of(const dom::object& run) {
  BenchmarkLoad load;
  if (!add_listed(run, load)) {
    load = {};
    if (!add_means(run, load)) return std::nullopt;
  }
  for (std::size_t i = 0; i < load.requests.size(); ++i) load.requests[i].id = i;
  const auto rate = number(run, "request_rate"), limit = number(run, "max_concurrency");
  if (rate && *rate > 0) load.rate = rate;
  if (limit && *limit >= 1 && *limit <= 1e6) load.concurrency = static_cast<std::uint32_t>(*limit);
  load.burstiness = std::clamp(number(run, "burstiness").value_or(1), 1e-3, 1e3);
  return load;
}

/// Runs behind the first: lines of objects.
std::size_t further_lines(std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find("\n{"); at != std::string_view::npos; at = text.find("\n{", at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

std::optional<BenchmarkLoad> read_benchmark_load(const std::filesystem::path& path,
                                                 Diagnostics& found) {
  auto text = whole_log(path, found);
  if (!text) return std::nullopt;
  const SourceLocation whole{path.string(), 0, 0};
  if (const auto more = further_lines(*text); more > 0) {
    found.error(whole, concat("holds ", std::to_string(more + 1), " runs of a benchmark"),
                "give a file of the one to replay");
    return std::nullopt;
  }
  replace_bare_words(*text);
  dom::parser parser;
  dom::object run;
  const auto error = parser.parse(simdjson::padded_string(*text)).get(run);
  if (error != simdjson::SUCCESS) {
    found.error(whole, "is no JSON object, or is cut off",
                "give the file as the benchmark wrote it");
    return std::nullopt;
  }
  auto load = load_of(run);
  if (load && !load->requests.empty()) return load;
  found.error(whole, "does not say how many tokens prompts and answers have",
              "save input_lens and output_lens, as --save-detailed does, or their totals");
  return std::nullopt;
}

std::unique_ptr<RequestSource> source_of(const BenchmarkLoad& load, std::uint64_t seed) {
  auto listed = std::make_unique<Listed>(load.requests);
  if (load.has_arrivals) return listed;
  if (load.rate) {
    const Gaps gaps{Gaps::Kind::Gamma, load.burstiness};
    return std::make_unique<Retimed>(std::move(listed), constant_rate(*load.rate, gaps), seed,
                                     "benchmark");
  }
  const auto all = static_cast<std::uint32_t>(load.requests.size());
  return std::make_unique<ClosedLoopSource>(std::move(listed),
                                            load.concurrency == 0 ? all : load.concurrency);
}

}  // namespace chokepoint
