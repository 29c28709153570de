#include "tools/graph/graph_replay.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "sim/files/regular_file.hpp"
#include "sim/graph/rank_groups.hpp"
#include "tools/graph/operator_costs.hpp"

namespace chokepoint {
namespace {

// Ranks as names have them, where each has one of its own.
std::vector<int> ranks_of(const std::vector<std::string>& files) {
  std::vector<int> ranks;
  std::set<int> seen;
  for (const std::string& file : files) {
    const auto rank = rank_in_name(file);
    if (rank && seen.insert(*rank).second) ranks.push_back(*rank);
  }
  if (ranks.size() == files.size()) return ranks;
  ranks.clear();
  for (std::size_t i = 0; i < files.size(); ++i) ranks.push_back(static_cast<int>(i));
  return ranks;
}

std::string content_of(const std::string& file, Diagnostics& found) {
  FileBytes bytes = read_whole_file(file);
  if (!bytes.complaint.empty()) found.error({file, 0, 0}, bytes.complaint);
  return std::move(bytes.content);
}

void add_graph(const std::string& file, int rank, const ChakraUnits& units, LoadedGraphs& loaded,
               Diagnostics& found) {
  const std::size_t before = found.errors();
  const std::string bytes = content_of(file, found);
  if (found.errors() > before) return;
  auto read = read_chakra(bytes, file, rank, units, found);
  if (!read) return;
  loaded.schema = read->schema;
  loaded.counts_multiply_adds = read->counts_multiply_adds;
  loaded.bytes_per_unit = read->bytes_per_unit;
  loaded.without_time += read->without_time;
  loaded.unknown_parents += read->unknown_parents;
  loaded.graphs.push_back(std::move(read->graph));
}

// One more than the highest rank that anybody names.
int named_ranks(const LoadedGraphs& loaded) {
  int highest = 0;
  for (const OperatorGraph& graph : loaded.graphs) {
    highest = std::max(highest, graph.rank);
    for (const Operator& one : graph.operators) highest = std::max(highest, one.peer);
  }
  for (const auto& [name, ranks] : loaded.groups) {
    highest = std::max(highest, *std::max_element(ranks.begin(), ranks.end()));
  }
  return highest + 1;
}

void count_ranks(const GraphQuestion& question, int devices, LoadedGraphs& loaded,
                 Diagnostics& found) {
  const int named = named_ranks(loaded);
  const bool is_one = named == 1 && loaded.groups.empty();
  loaded.ranks = question.ranks.value_or(is_one ? devices : named);
  const std::string& file = question.files.front();
  if (loaded.ranks < named) {
    found.error({file, 0, 0},
                "traces and groups name " + std::to_string(named) + " ranks, more than the " +
                    std::to_string(loaded.ranks) + " that there are to be",
                "say --ranks " + std::to_string(named));
  } else if (loaded.ranks > devices) {
    found.error({file, 0, 0},
                std::to_string(loaded.ranks) + " ranks need as many devices, and the cluster has " +
                    std::to_string(devices),
                "name a larger one, or make its pool larger with --set");
  }
}

std::string kind_text(const Operator& one) {
  return std::string(one.kind == OperatorKind::Collective ? name(one.collective) : name(one.kind));
}

void sum_up(const OperatorGraph& graph, const PlayedRank& rank, GraphAnswer& answer) {
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const Operator& one = graph.operators[i];
    KindSum& sum = answer.kinds[kind_text(one)];
    ++sum.count;
    sum.time += rank.operators[i].ends - rank.operators[i].begins;
    sum.operations += one.operations;
    sum.bytes += one.bytes;
  }
}

}  // namespace

std::optional<LoadedGraphs> load_graphs(const GraphQuestion& question, int devices,
                                        Diagnostics& found) {
  const std::size_t before = found.errors();
  LoadedGraphs loaded;
  const std::vector<int> ranks = ranks_of(question.files);
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    add_graph(question.files[i], ranks[i], question.units, loaded, found);
  }
  if (!question.groups.empty()) {
    const std::string text = content_of(question.groups, found);
    if (found.errors() == before) {
      loaded.groups = read_groups(text, question.groups, found).value_or(RankGroups{});
    }
  }
  if (found.errors() == before) count_ranks(question, devices, loaded, found);
  if (found.errors() > before) return std::nullopt;
  std::sort(loaded.graphs.begin(), loaded.graphs.end(),
            [](const auto& a, const auto& b) { return a.rank < b.rank; });
  return loaded;
}

std::variant<GraphAnswer, PlayComplaint> replay_graphs(const LoadedGraphs& loaded,
                                                       const RankPlacement& placement,
                                                       bool as_recorded) {
  const OperatorCosts costs(placement, loaded.groups, loaded.ranks);
  const auto time_of = [&](std::size_t graph, const Operator& one) {
    return costs.time(loaded.graphs[graph].rank, one, as_recorded);
  };
  auto played = play(loaded.graphs, loaded.groups, time_of);
  if (const auto* wrong = std::get_if<PlayComplaint>(&played)) return *wrong;
  GraphAnswer answer;
  answer.ranks = std::move(std::get<std::vector<PlayedRank>>(played));
  Flops operations;
  FlopsPerSecond peak;
  for (std::size_t g = 0; g < loaded.graphs.size(); ++g) {
    const OperatorGraph& graph = loaded.graphs[g];
    std::vector<Seconds> times;
    for (const Operator& one : graph.operators) {
      times.push_back(time_of(g, one));
      operations += one.operations;
    }
    answer.step = std::max(answer.step, answer.ranks[g].ends);
    answer.longest_chain = std::max(answer.longest_chain, longest_chain(graph, times));
    answer.operators += graph.operators.size();
    peak += placement.pool_of(graph.rank).peak;
    sum_up(graph, answer.ranks[g], answer);
  }
  if (answer.step > Seconds{}) answer.of_peak = operations / (peak * answer.step);
  return answer;
}

}  // namespace chokepoint
