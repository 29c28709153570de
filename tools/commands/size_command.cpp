#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "models/serving/fixed_point.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/policy_options.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/commands/options/replay_options.hpp"
#include "tools/commands/options/serving_options.hpp"
#include "tools/commands/size_training.hpp"
#include "tools/console/locate.hpp"
#include "tools/estimate/serving_catalog.hpp"
#include "tools/size/fixed_fleet.hpp"
#include "tools/size/size_answer.hpp"
#include "tools/size/size_meter.hpp"
#include "tools/size/size_text.hpp"

namespace chokepoint {
namespace {

constexpr unsigned kMostWorkers = 8;

struct SizeOptions {
  SizeQuestion question;
  std::string target, log, fleet, overlay, site, date;
  RequestLogOptions log_format;
  bool says_pue = false;
  double spread = 0.3;
  bool json = false;
  SizeTrainingOptions training;
};

std::chrono::duration<double> wall_time() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

/// The fleet that is meant: a list of kinds, or a scenario's pools; nothing after complaints.
std::optional<std::vector<CountedKind>> fleet_of(const std::string& fleet,
                                                 const std::filesystem::path& root) {
  Diagnostics found;
  const bool is_list = fleet.find(':') != std::string::npos;
  auto read = is_list ? read_fleet(fleet, found) : fleet_in(locate_scenario(fleet, root), found);
  if (!found.items().empty()) print(std::cerr, found, is_list ? "--fleet" : fleet);
  return read;
}

/// What a fixed fleet holds.
int hold(SizeOptions& options, const ServingCatalog& world, const std::filesystem::path& root,
         bool quiet) {
  SizeQuestion& question = options.question;
  auto fleet = fleet_of(options.fleet, root);
  if (!fleet) return options.fleet.find(':') != std::string::npos ? kUsage : kBadInput;
  for (CountedKind& kind : *fleet) {
    if (options.says_pue) kind.pue.reset();
    if (!question.of.node.empty()) kind.node.clear();
  }
  if (const auto wrong = complaint_of(question, *fleet, world))
    return refuse(wrong->message, wrong->help);
  SizeMeter meter(terminal(), progress_style(quiet), fleet->size(), wall_time);
  question.load.load = meter.watched(std::move(question.load.load));
  HeldAnswer answer;
  try {
    answer = hold_fleet(question, *fleet, world,
                        [&](const HeldKind& kind) { meter.done(kind.kind.device); });
  } catch (const StepTooLong& step) {
    complain(step.what(), "shorten requests, or give the engine a shorter --context");
    return kInfeasible;
  }
  meter.finish();
  std::cout << (options.json ? held_json(question, answer).text() + "\n"
                             : held_text(question, answer));
  return answer.keeps_rate.value_or(answer.together.has_value()) ? 0 : kInfeasible;
}

/// Reads what the load is; the exit code after complaints, else 0.
int read_load(SizeOptions& options, const World& world) {
  SizeQuestion& question = options.question;
  const std::int64_t context = context_of(question.of, world);
  if (options.log.empty()) {
    if (const auto wrong = context_complaint(question.of, world)) {
      complain(wrong->message, wrong->help);
      return kInfeasible;
    }
    question.load =
        drawn_load(Tokens{question.of.prompt}, Tokens{question.of.output}, options.spread, context);
    return 0;
  }
  Diagnostics found;
  options.log_format.may_lack_times = true;
  auto load = logged_load(options.log, options.log_format, context, found);
  if (!found.items().empty()) print(std::cerr, found, options.log);
  if (!load) return kBadInput;
  question.load = std::move(*load);
  if (!question.target.rate) question.target.rate = question.load.rate;
  return 0;
}

/// What `size` asks of any gang, put to a training run.
int size_run(SizeOptions& options, const std::filesystem::path& root) {
  const ServingQuestion& of = options.question.of;
  TrainingSizeQuestion& question = options.training.question;
  question.of.model = of.model;
  question.of.precision = of.precision;
  question.of.stack_version = of.stack_version;
  question.of.pue = of.pue, question.of.usd_per_kwh = of.usd_per_kwh;
  question.of.life_years = of.life_years, question.of.device_price_usd = of.device_price_usd;
  question.devices = options.question.devices;
  if (options.question.asks_all) question.asks_all = true;
  return size_training(options.training, {options.site, options.date, options.overlay},
                       options.json, root);
}

int size_command(SizeOptions& options, const std::filesystem::path& root, bool quiet) {
  if (options.training.tokens) return size_run(options, root);
  SizeQuestion& question = options.question;
  if (options.target.empty()) {
    return refuse("nothing is asked of the fleet",
                  "say --target, such as ttft_p99<2s,rate=100/s, or --tokens and --days of a run");
  }
  Diagnostics found;
  auto target = read_target(options.target, found);
  if (!target) {
    print(std::cerr, found, "--target");
    return kUsage;
  }
  question.target = std::move(*target);
  const auto world = load_serving_catalog(root, options.overlay, std::cerr);
  if (!world) return kBadInput;
  if (const int code = read_load(options, *world); code != 0) return code;
  if (!options.fleet.empty()) return hold(options, *world, root, quiet);
  if (!question.target.rate) {
    return refuse("no rate is given", "add one to --target, such as rate=100/s, or give a --log");
  }
  if (const auto wrong = complaint_of(question, *world)) return refuse(wrong->message, wrong->help);
  std::optional<PolicyBook> book;
  std::optional<SiteQuestion> site;
  if (!options.date.empty()) question.on = parse_date(options.date).value();
  if (!options.site.empty()) {
    book = load_policy(policy_file("", root), options.overlay);
    if (!book) return kBadInput;
    site.emplace(SiteQuestion{*book, country_of(options.site), *question.on});
  }
  const unsigned workers = std::clamp(std::thread::hardware_concurrency(), 1U, kMostWorkers);
  SizeMeter meter(terminal(), progress_style(quiet), kinds_of(question, *world).size(), wall_time);
  question.load.load = meter.watched(std::move(question.load.load));
  const auto kinds = size_kinds(question, *world, site, workers,
                                [&](const SizedKind& kind) { meter.done(kind.device); });
  meter.finish();
  std::cout << (options.json ? size_json(question, kinds, *world).text() + "\n"
                             : size_text(question, kinds, *world));
  const bool is_met =
      std::ranges::any_of(kinds, [](const SizedKind& kind) { return kind.fleet() != nullptr; });
  return is_met ? 0 : kInfeasible;
}

}  // namespace

void add_size_command(CLI::App& app, Outcome& outcome) {
  auto* size =
      app.add_subcommand("size", "The cheapest fleet of each kind of device that meets a target");
  const auto options = std::make_shared<SizeOptions>();
  ServingQuestion& of = options->question.of;
  add_model_options(*size, of);
  size->get_option("--model")->required();
  add_length_options(*size, of);
  size->add_option("--spread", options->spread,
                   "Standard deviation of lengths over their mean; 0.3 unless given")
      ->check(RealIn(0.0, 5.0));
  size->add_option("--log", options->log,
                   "Requests with the lengths, bursts and rate of this log, in a format of replays")
      ->type_name("FILE")
      ->excludes("--isl")
      ->excludes("--osl")
      ->excludes("--spread");
  add_log_format(*size, options->log_format);
  size->remove_option(size->get_option("--block-tokens"));  // No prefix is shared.
  for (const char* of_log : {"--format", "--column", "--unit", "--skip-bad"}) {
    size->get_option(of_log)->needs("--log");
  }
  size->add_option("--devices", options->question.devices,
                   "Kinds of the catalogue; else all in its servers whose price is known")
      ->type_name("D,...")
      ->delimiter(',');
  size->add_flag("--all", options->question.asks_all, "Kinds without a price or a server as well")
      ->excludes("--devices");
  size->add_option(
      "--target", options->target,
      "What the fleet keeps, such as ttft_p99<2s,tpot_p99<50ms,rate=100/s: bounds on ttft, "
      "tpot or e2e, as mean, p50, p90, p95 or p99, and requests a second");
  auto* on = size->add_option("--on", options->date,
                              "Day on which they are bought: what is sold later is left out")
                 ->type_name("DATE")
                 ->check(is_day);
  size->add_option("--site", options->site,
                   "Country of the site: what may not be bought there is left out")
      ->type_name("COUNTRY")
      ->check(is_country)
      ->needs(on);
  size->add_option("--fleet", options->fleet,
                   "Devices that there are, as D:N,... or the pools of a scenario: what they hold")
      ->type_name("D:N,...|FILE")
      ->excludes("--devices")
      ->excludes("--site")
      ->excludes("--on");
  add_upkeep_options(*size, of);
  size->add_option("--catalog", options->overlay,
                   "Scenario text that patches the catalogue, as fit writes it")
      ->type_name("FILE");
  size->add_flag("--json", options->json, "For programs");
  add_size_training_options(*size, options->training);
  size->callback([=, &outcome] {
    options->says_pue = size->count("--pue") > 0;
    outcome.exit_code = size_command(*options, root_of(*size), is_quiet(*size));
  });
}

}  // namespace chokepoint
