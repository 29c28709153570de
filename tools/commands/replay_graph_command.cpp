#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/graph/graph_text.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

struct GraphOptions {
  GraphQuestion question;
  std::string cluster, output;
  std::vector<std::string> sets;
  bool multiply_adds = false, operations = false, json = false;
};

int replay_graph(const GraphOptions& options, const std::filesystem::path& root) {
  Diagnostics found;
  std::vector<Assignment> sets;
  for (const std::string& set : options.sets) sets.push_back(parse_assignment(set).value());
  const auto cluster = load_cluster(options.cluster, sets, root, found);
  if (!found.items().empty()) print(std::cerr, found, options.cluster);
  if (!cluster) return kBadInput;
  const auto world = load_training_world(root, std::cerr);
  if (!world) return kBadInput;
  const RankPlacement placement(*cluster, *world);
  if (placement.devices() == 0) {
    complain(options.cluster + ": no device whose 16-bit peak, memory and bandwidth are known",
             "name another cluster");
    return kInfeasible;
  }
  GraphQuestion question = options.question;
  if (options.multiply_adds) question.units.multiply_adds = true;
  if (options.operations) question.units.multiply_adds = false;
  Diagnostics wrong;
  const auto loaded = load_graphs(question, placement.devices(), wrong);
  if (!wrong.items().empty()) print(std::cerr, wrong, question.files.front());
  if (!loaded) return kBadInput;
  const auto played = replay_graphs(*loaded, placement, question.as_recorded);
  if (const auto* never = std::get_if<PlayComplaint>(&played)) {
    complain(never->message, "traces of all ranks of one step belong together");
    return kBadInput;
  }
  const auto& answer = std::get<GraphAnswer>(played);
  if (!options.output.empty()) write_whole(options.output, to_csv(operator_table(*loaded, answer)));
  std::cout << (options.json ? graph_json(*loaded, placement, answer).text() + "\n"
                             : graph_text(*loaded, placement, answer));
  return 0;
}

void add_graph_options(CLI::App& app, GraphOptions& options) {
  app.add_option("ET", options.question.files, "Chakra execution traces, one file per rank")
      ->required();
  app.add_option("--on", options.cluster, "A cluster: a file, or the name of a shipped one")
      ->required();
  app.add_option(
         "--groups", options.question.groups,
         "A JSON file of groups, such as {\"1\": [0, 8]}; else a collective is of all ranks")
      ->type_name("FILE");
  app.add_option("--ranks", options.question.ranks,
                 "In all; as traces and groups name, or one per device, unless given")
      ->check(CLI::Range(1, 1'000'000));
  auto* adds = app.add_flag("--multiply-adds", options.multiply_adds,
                            "num_ops counts multiply-adds; so for symbolic_tensor_network");
  app.add_flag("--operations", options.operations, "num_ops counts operations")->excludes(adds);
  app.add_option("--bytes-per-unit", options.question.units.bytes_per_unit,
                 "Of sizes; 1 unless given, 2 for symbolic_tensor_network, which counts values")
      ->check(RealIn(0.01, 1024));
  app.add_flag("--as-recorded", options.question.as_recorded,
               "What has a duration takes it, whatever the cluster");
  app.add_option("--set", options.sets, "Changes the cluster, as in 'run'")->check(is_assignment);
  app.add_option("-o", options.output, "A CSV of all operators with their times")
      ->type_name("FILE");
  app.add_flag("--json", options.json, "For programs");
}

}  // namespace

void add_replay_graph_command(CLI::App& app, Outcome& outcome) {
  CLI::App& replay = replay_verb(app);
  auto* command = replay.add_subcommand(
      "graph", "Chakra execution traces on a cluster: how long a step takes, and what waits");
  const auto options = std::make_shared<GraphOptions>();
  add_graph_options(*command, *options);
  command->callback(
      [=, &outcome] { outcome.exit_code = replay_graph(*options, root_of(*command)); });
}

}  // namespace chokepoint
