#include "models/graph/rank_match.hpp"

#include <algorithm>
#include <tuple>

namespace chokepoint {
namespace {

using Places = std::vector<std::uint32_t>;

std::string group_text(const std::string& group) {
  return group.empty() ? "all ranks" : "group " + group;
}

// Places of one kind in the order of their ids.
Places of_kind(const OperatorGraph& graph, OperatorKind kind) {
  Places places;
  for (std::uint32_t i = 0; i < graph.operators.size(); ++i) {
    if (graph.operators[i].kind == kind) places.push_back(i);
  }
  std::stable_sort(places.begin(), places.end(),
                   [&](auto a, auto b) { return graph.operators[a].id < graph.operators[b].id; });
  return places;
}

class Matcher {
public:
  Matcher(std::span<const OperatorGraph> graphs, const RankGroups& groups)
      : graphs_(graphs), groups_(groups) {}

  std::variant<MatchedRanks, PlayComplaint> matched() {
    match_collectives();
    match_messages();
    if (!complaint_.message.empty()) return complaint_;
    return std::move(matched_);
  }

private:
  const Operator& op(OperatorPlace at) const { return graphs_[at.graph].operators[at.place]; }
  std::string rank_text(std::uint32_t graph) const {
    return "rank " + std::to_string(graphs_[graph].rank);
  }
  void refuse(std::string message) {
    if (complaint_.message.empty()) complaint_.message = std::move(message);
  }

  bool is_member(const std::string& group, std::uint32_t graph) const {
    const auto found = groups_.find(group);
    if (found == groups_.end()) return true;
    const auto& ranks = found->second;
    return std::find(ranks.begin(), ranks.end(), graphs_[graph].rank) != ranks.end();
  }

  void match_collectives() {
    std::map<std::string, std::vector<Places>> by_group;
    for (std::uint32_t g = 0; g < graphs_.size(); ++g) {
      for (const std::uint32_t i : of_kind(graphs_[g], OperatorKind::Collective)) {
        auto& places = by_group[graphs_[g].operators[i].group];
        places.resize(graphs_.size());
        places[g].push_back(i);
      }
    }
    for (const auto& [group, places] : by_group) {
      std::vector<std::uint32_t> members;
      for (std::uint32_t g = 0; g < graphs_.size(); ++g) {
        if (is_member(group, g)) {
          members.push_back(g);
        } else {
          // A rank that its group does not name exchanges with those that are not given.
          match_group(group, {g}, places);
        }
      }
      match_group(group, members, places);
    }
  }

  void match_group(const std::string& group, const std::vector<std::uint32_t>& members,
                   const std::vector<Places>& places) {
    if (members.empty()) return;
    const std::uint32_t first = members.front();
    for (const std::uint32_t g : members) {
      if (places[g].size() != places[first].size()) {
        return refuse(rank_text(first) + " has " + std::to_string(places[first].size()) +
                      " collectives of " + group_text(group) + " and " + rank_text(g) + " has " +
                      std::to_string(places[g].size()));
      }
    }
    for (std::size_t k = 0; k < places[first].size(); ++k) {
      auto& parts = matched_.collectives.emplace_back();
      for (const std::uint32_t g : members) {
        parts.push_back({g, places[g][k]});
        matched_.collective_of[parts.back()] = matched_.collectives.size() - 1;
        check_alike(group, k, parts.front(), parts.back());
      }
    }
  }

  void check_alike(const std::string& group, std::size_t k, OperatorPlace a, OperatorPlace b) {
    if (op(a).collective == op(b).collective) return;
    refuse("collective " + std::to_string(k + 1) + " of " + group_text(group) + " is " +
           std::string(name(op(a).collective)) + " on " + rank_text(a.graph) + " and " +
           std::string(name(op(b).collective)) + " on " + rank_text(b.graph));
  }

  void match_messages() {
    std::map<std::tuple<int, int, std::uint64_t>, std::vector<OperatorPlace>> sends;
    std::map<int, std::uint32_t> given;
    for (std::uint32_t g = 0; g < graphs_.size(); ++g) {
      given[graphs_[g].rank] = g;
      for (const std::uint32_t i : of_kind(graphs_[g], OperatorKind::Send)) {
        const Operator& sent = op({g, i});
        sends[{graphs_[g].rank, sent.peer, sent.tag}].push_back({g, i});
      }
    }
    std::map<std::tuple<int, int, std::uint64_t>, std::size_t> received;
    for (std::uint32_t g = 0; g < graphs_.size(); ++g) {
      for (const std::uint32_t i : of_kind(graphs_[g], OperatorKind::Receive)) {
        const Operator& awaited = op({g, i});
        if (given.count(awaited.peer) == 0) continue;
        const std::tuple key(awaited.peer, graphs_[g].rank, awaited.tag);
        const std::size_t k = received[key]++;
        const auto found = sends.find(key);
        if (found == sends.end() || k >= found->second.size()) {
          return refuse(rank_text(g) + " waits for a message that rank " +
                        std::to_string(awaited.peer) + " does not send: operator " +
                        std::to_string(awaited.id));
        }
        matched_.receive_of[found->second[k]] = {g, i};
        matched_.send_of[{g, i}] = found->second[k];
      }
    }
  }

  std::span<const OperatorGraph> graphs_;
  const RankGroups& groups_;
  MatchedRanks matched_;
  PlayComplaint complaint_;
};

}  // namespace

std::variant<MatchedRanks, PlayComplaint> match_ranks(std::span<const OperatorGraph> graphs,
                                                      const RankGroups& groups) {
  return Matcher(graphs, groups).matched();
}

}  // namespace chokepoint
