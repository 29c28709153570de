#include "tools/commands/size_training.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "sim/scenario/read_world.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/policy_options.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/console/locate.hpp"
#include "tools/size/training_size_text.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsOfDay = 86'400;

/// What ports take, as the study of years has it; none where it cannot be read.
std::vector<PortWork> ports_of_history(const std::filesystem::path& root) {
  Diagnostics ignored;
  const auto composed = compose(locate_scenario("history", root), {}, false, ignored);
  const auto world = composed ? read_world(*composed, ignored) : std::nullopt;
  return world ? port_works(*world) : std::vector<PortWork>{};
}

}  // namespace

void add_size_training_options(CLI::App& app, SizeTrainingOptions& options) {
  auto* tokens = app.add_option("--tokens", options.tokens,
                                "Of a training run, such as 15T: the least gang of each kind "
                                "that makes it within --days")
                     ->check(RealIn(1e6, 1e18))
                     ->transform(without_suffix);
  auto* days = app.add_option("--days", options.days, "Within which the training run ends")
                   ->check(RealIn(0.01, 36'525))
                   ->needs(tokens);
  tokens->needs(days);
  const auto of_training = [&](const std::string& flag, auto& value, const char* what) {
    return app.add_option(flag, value, what)->needs(tokens);
  };
  TrainingSizeQuestion& question = options.question;
  of_training("--goodput", question.target.goodput,
              "Share of the time in which steps are made that count; 1 unless given")
      ->check(RealIn(0.01, 1.0));
  of_training("--seq", question.of.sequence, "Tokens of a sequence; 4096 unless given")
      ->check(CLI::Range(1, 100'000'000));
  of_training("--global-batch", question.of.global_batch,
              "Sequences of a step; else near 4 Mi tokens")
      ->check(CLI::Range(1, 1'000'000));
  of_training("--most", question.most, "Devices of a gang at most; 65536 unless given")
      ->check(CLI::Range(1, 1'000'000));
  for (const char* of_serving :
       {"--target", "--log", "--fleet", "--isl", "--osl", "--spread", "--engine", "--kv", "--node",
        "--context", "--research", "--catalog"}) {
    if (auto* option = app.get_option_no_throw(of_serving)) tokens->excludes(option);
  }
}

int size_training(SizeTrainingOptions& options, const SizeSite& site, bool json,
                  const std::filesystem::path& root) {
  TrainingSizeQuestion& question = options.question;
  question.target.tokens = *options.tokens;
  question.target.within = Seconds{options.days * kSecondsOfDay};
  if (!site.date.empty()) question.on = parse_date(site.date).value();
  const auto world = load_training_world(root, std::cerr);
  if (!world) return kBadInput;
  if (const auto wrong = complaint_of(question, *world)) return refuse(wrong->message, wrong->help);
  std::optional<PolicyBook> book;
  std::optional<SiteQuestion> at;
  if (!site.country.empty()) {
    book = load_policy(policy_file("", root), site.overlay);
    if (!book) return kBadInput;
    at.emplace(SiteQuestion{*book, country_of(site.country), *question.on});
  }
  const auto kinds = size_gangs(question, *world, at);
  const auto ports = ports_of_history(root);
  std::cout << (json ? training_size_json(question, kinds, *world, ports).text() + "\n"
                     : training_size_text(question, kinds, *world, ports));
  const bool is_met = std::ranges::any_of(
      kinds, [](const SizedGangKind& kind) { return kind.found.least.has_value(); });
  return is_met ? 0 : kInfeasible;
}

}  // namespace chokepoint
