#include "tools/commands/options/replay_options.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "models/serving/sources/open_loop.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/commands/options/serving_options.hpp"
#include "tools/size/target_text.hpp"

namespace chokepoint {
namespace {

constexpr double kLongestSeconds = 1e9;  // Thirty years.

constexpr std::array<std::pair<std::string_view, RoutingPolicy>, 5> kRoutings = {
    {{"round_robin", RoutingPolicy::RoundRobin},
     {"random", RoutingPolicy::Random},
     {"least_loaded", RoutingPolicy::LeastLoaded},
     {"power_of_two", RoutingPolicy::PowerOfTwo},
     {"prefix_aware", RoutingPolicy::PrefixAware}}};

std::optional<RoutingPolicy> routing_named(const std::string& word) {
  for (const auto& [name, routing] : kRoutings) {
    if (name == word) return routing;
  }
  return std::nullopt;
}

/// "NAME=VALUE" of a column; nothing where it names no role or no column.
std::optional<std::pair<LogRole, std::string>> column_of(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) return std::nullopt;
  const auto role = log_role_named(text.substr(0, equals));
  if (!role) return std::nullopt;
  return std::pair(*role, text.substr(equals + 1));
}

/// The options below are read where they stand: CLI11 calls `take` with each word, and what it
/// returns empty of is refused with `wrong`.
template <class Take>
CLI::Option* add_word(CLI::App& app, const std::string& name, const std::string& description,
                      const std::string& type, const Take& take, const std::string& wrong) {
  return app
      .add_option_function<std::vector<std::string>>(
          name,
          [take, name, wrong](const std::vector<std::string>& words) {
            for (const std::string& word : words) {
              if (!take(word)) {
                throw CLI::ValidationError(name, in_quotes(word) + " is " + wrong);
              }
            }
          },
          description)
      ->type_name(type)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

CLI::Option* add_time(CLI::App& app, const std::string& name, std::optional<Seconds>& into,
                      const std::string& description) {
  const auto take = [&into](const std::string& word) {
    into = duration_of(word);
    return into.has_value();
  };
  return add_word(app, name, description, "TIME", take, "no time, such as 90s, 5min or 2h");
}

void add_load(CLI::App& app, LogQuestion& log) {
  auto* rate = app.add_option("--rate", log.rate,
                              "Requests a second on average: the log's times are stretched, or "
                              "drawn where it has none")
                   ->check(RealIn(1e-6, 1e9));
  auto* concurrency = app.add_option("--concurrency", log.concurrency,
                                     "Always so many requests under way, whatever the log's times")
                          ->check(CLI::Range(1, 10'000'000))
                          ->excludes(rate);
  app.add_option("--speed", log.speed,
                 "Seconds of the log in one second of the replay; 1 unless "
                 "given")
      ->check(RealIn(1e-6, 1e9))
      ->excludes(rate)
      ->excludes(concurrency);
  app.add_option("--loop", log.passes, "Times that the log is played, one after the other")
      ->check(CLI::Range(1, 1'000'000'000));
  add_time(app, "--from", log.from, "Leave out what arrives earlier, from the log's first arrival");
  add_time(app, "--until", log.until, "Leave out what arrives then or later");
  app.add_option("--requests", log.requests, "The first so many alone, of all times it is played")
      ->check(is_number(1, 1'000'000'000'000));
}

void add_fleet(CLI::App& app, FleetQuestion& fleet) {
  add_model_options(app, fleet.service);
  app.get_option("--model")->description(
      "Of the catalogue, such as DeepSeek-V3; else that of the cluster's file");
  app.remove_option(app.get_option("--node"));  // The cluster says it.
  add_plan_options(app, fleet.service);
  app.get_option("--tp")->description(
      "Devices that divide attention; without --tp, --pp, --dp and --ep a search finds the plan");
  add_upkeep_options(app, fleet.service);
  app.remove_option(app.get_option("--pue"));  // That of the site, unless:
  app.add_option("--pue", fleet.pue, "Site power over server power; else that of the site")
      ->check(RealIn(1.0, 10.0));
  app.add_option_function<std::string>(
         "--slo",
         [&fleet](const std::string& word) {
           auto read = promise_of(word);
           if (const auto* wrong = std::get_if<std::string>(&read)) {
             throw CLI::ValidationError("--slo", in_quotes(word) + " is " + *wrong);
           }
           fleet.promised = std::get<SloClass>(std::move(read));
         },
         "What each request is promised, such as ttft=2s,tpot=50ms: goodput counts those that had "
         "it")
      ->type_name("PROMISE");
  add_word(
      app, "--routing", "round_robin, random, least_loaded, power_of_two or prefix_aware", "POLICY",
      [&](const std::string& word) {
        fleet.routing = routing_named(word);
        return fleet.routing.has_value();
      },
      "no way of routing; there are round_robin, random, least_loaded, power_of_two, prefix_aware");
  add_word(
      app, "--prefix-cache", "on or off: whether prompts find the cache of others that begin alike",
      "ON|OFF",
      [&](const std::string& word) {
        fleet.shares_prefixes = word == "on";
        return word == "on" || word == "off";
      },
      "neither on nor off");
}

}  // namespace

void add_log_format(CLI::App& app, RequestLogOptions& options) {
  std::string known;
  for (const auto& name : request_log_format_names()) known += (known.empty() ? "" : ", ") + name;
  add_word(
      app, "--format", "Of the log, where it is not what it looks like: " + known, "FORMAT",
      [&](const std::string& word) {
        options.format = request_log_format_named(word);
        return options.format.has_value();
      },
      "no format of logs; there are " + known);
  add_word(
      app, "--column",
      "The column that says when requests arrive, or how many tokens they have, where the log "
      "calls it otherwise; roles are arrival, prompt, output, blocks, session, parent and turn; "
      "may be repeated",
      "ROLE=NAME",
      [&](const std::string& word) {
        const auto column = column_of(word);
        if (column) options.columns[column->first] = column->second;
        return column.has_value();
      },
      "not ROLE=NAME, with a role of arrival, prompt, output, blocks, session, parent, turn");
  add_word(
      app, "--unit", "Of arrival times that are numbers: s, ms, us or ns", "UNIT",
      [&](const std::string& word) {
        options.unit = time_unit_named(word);
        return options.unit.has_value();
      },
      "no unit of time; there are s, ms, us and ns");
  app.add_option("--block-tokens", options.block_tokens,
                 "Tokens of one block that the log names; else as its format has it")
      ->check(CLI::Range(1, 65536));
  app.add_flag("--skip-bad", options.skip_bad, "Leave out lines that are wrong, and count them");
}

std::optional<Seconds> duration_of(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number >= 0)) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const auto seconds = seconds_of_unit(unit.empty() ? "s" : unit);
  if (!seconds || number * *seconds > kLongestSeconds) return std::nullopt;
  return Seconds{number * *seconds};
}

std::variant<SloClass, std::string> promise_of(const std::string& text) {
  const auto wrong = [](const std::string& what) {
    return what + "; write it like ttft=2s,tpot=50ms";
  };
  SloClass promised;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, end - at);
    const auto equals = part.find('=');
    const std::string name = part.substr(0, equals);
    if (equals == std::string::npos || (name != "ttft" && name != "tpot")) {
      return wrong("no promise");
    }
    const std::string value = part.substr(equals + 1);
    const auto time = duration_of(value);
    if (!time || time->value <= 0)
      return wrong("no promise: " + in_quotes(value) + " is no time above zero");
    if (!std::isalpha(static_cast<unsigned char>(value.back()))) {
      return wrong("no promise: " + in_quotes(part) + " has no unit");
    }
    auto& promise = name == "ttft" ? promised.ttft : promised.tpot;
    if (promise) return wrong("no promise: " + name + " is there twice");
    promise = to_nanoseconds(*time);
    at = end + 1;
  }
  return promised;
}

void add_replay_options(CLI::App& app, ReplayOptions& options) {
  app.add_option(
         "LOG", options.log.file,
         "Requests as CSV or JSON, in a format that --format names: a file, plain or packed "
         "with gzip or Zstandard")
      ->required();
  app.add_option("--on", options.clusters,
                 "A cluster's file, or the name of a shipped one such as hgx_h20; may be repeated, "
                 "to compare")
      ->type_name("CLUSTER")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->required();
  add_log_format(app, options.log.options);
  add_load(app, options.log);
  add_fleet(app, options.fleet);
  app.add_option("--set", options.sets, "Change one value of the cluster; may be repeated")
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(is_assignment);
  app.add_option("--seed", options.fleet.seed, "Of all that is drawn; else that of the cluster")
      ->check(is_number(0, 18'446'744'073'709'551'615U));
  auto* output = app.add_option("-o,--output", options.directory,
                                "Folder for tables of requests, replicas and pools");
  add_word(
      app, "--trace-level", "request: a trace of every request and replica as well", "LEVEL",
      [&](const std::string& word) { return options.traces = word == "request"; },
      "no level of a replay; there is request")
      ->needs(output);
  app.add_flag("--json", options.json, "For programs");
}

}  // namespace chokepoint
