#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/network/collective_answer.hpp"
#include "tools/network/collective_question.hpp"

namespace chokepoint {
namespace {

struct CollectiveOptions {
  CollectiveQuestion question;
  bool json = false;
};

// Complains.
// complain()s.
int exit_code_of(const CollectiveRefusal& refusal) {
  complain(refusal.message, refusal.help);
  return refusal.is_infeasible ? kInfeasible : kUsage;
}

int answer_collective(const CollectiveOptions& options, const CollectiveSubject& subject,
                      PlayCollectives play) {
  const ClusterNetwork network(subject.spec);
  if (const auto refusal = refusal_of(subject.asked, network)) return exit_code_of(*refusal);
  for (const CollectiveJob& job : subject.beside) {
    if (const auto refusal = refusal_of(job, network)) return exit_code_of(*refusal);
  }
  CollectiveAnswer answer(subject, network);
  if (options.question.flows || !subject.beside.empty()) {
    if (answer.flows() > CollectiveAnswer::kMostFlows) {
      return refuse(std::to_string(answer.flows()) + " flows at once are too many to be played",
                    "leave out --flows, or take servers that fill leaf switches equally");
    }
    if (play == nullptr) throw NeedsSimulation();
    answer.play(play);
  }
  std::cout << (options.json ? answer.json().text() + "\n" : answer.text());
  return 0;
}

int estimate_collective(const CollectiveOptions& options, const std::filesystem::path& root,
                        PlayCollectives play) {
  Diagnostics found;
  std::optional<Cluster> cluster;
  const auto subject = understand(options.question, root, cluster, found);
  if (!found.items().empty()) print(std::cerr, found, options.question.cluster);
  if (!subject) return kBadInput;
  if (const auto* refusal = std::get_if<CollectiveRefusal>(&*subject))
    return exit_code_of(*refusal);
  return answer_collective(options, std::get<CollectiveSubject>(*subject), play);
}

void add_network(CLI::App& app, CollectiveQuestion& question) {
  app.add_option("--network", question.network,
                 "Of scenarios/catalog/networks.csv; rail_optimised unless given");
  app.add_option(
         "--oversubscription", question.oversubscription,
         "Of leaf switches: bandwidth to cards over that to spines; else as the network has it")
      ->check(RealIn(1.0, 1000.0));
  app.add_option("--leaf-ports", question.leaf_ports, "Cards that a leaf switch takes; the same")
      ->check(is_number(1, 65536));
  app.add_option("--servers", question.servers, "Of each pool; else as many as the cluster has")
      ->check(is_number(1, 4096));
  app.add_option("--set", question.sets, "Change one value of the cluster; may be repeated")
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(is_assignment);
}

}  // namespace

void add_estimate_collective(CLI::App& estimate, Outcome& outcome, PlayCollectives play) {
  auto* collective = estimate.add_subcommand(
      "collective",
      "A collective of devices of a cluster: time, bus bandwidth, the link that binds");
  const auto options = std::make_shared<CollectiveOptions>();
  CollectiveQuestion& question = options->question;
  collective->add_option("--on", question.cluster, "A file, or one of scenarios/clusters")
      ->type_name("CLUSTER")
      ->required();
  collective
      ->add_option("--kind", question.kind,
                   "all-reduce, reduce-scatter, all-gather, all-to-all, broadcast, point-to-point")
      ->required();
  collective
      ->add_option(
          "--bytes", question.bytes,
          "Such as 1GiB: what a rank has before (all-reduce, reduce-scatter, all-to-all) or "
          "after it")
      ->required();
  collective->add_option("--devices", question.devices, "That take part; else all of the cluster")
      ->check(is_number(2, 65536));
  collective->add_option("--first", question.first, "The first of them; 0 unless given")
      ->check(is_number(0, 65535));
  collective->add_option("--stride", question.stride, "From one to the next; 1 unless given")
      ->check(is_number(1, 65535));
  add_network(*collective, question);
  collective->add_flag("--flows", question.flows, "Play it as flows too");
  collective
      ->add_option("--beside", question.beside,
                   "KIND:BYTES:DEVICES[:FIRST[:STRIDE]] that goes on meanwhile, as flows; may be "
                   "repeated")
      ->type_name("JOB")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  collective->add_flag("--json", options->json, "For programs");
  collective->callback([=, &outcome] {
    outcome.exit_code = estimate_collective(*options, root_of(*collective), play);
  });
}

}  // namespace chokepoint
