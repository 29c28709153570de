#include "models/graph/graph_play.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

namespace chokepoint {
namespace {

using Played = std::variant<std::vector<PlayedRank>, PlayComplaint>;

struct Happens {
  Seconds when;
  std::uint64_t number = 0;  // In the order in which they came up.
  OperatorPlace what;

  bool operator>(const Happens& other) const {
    return std::tie(when, number) > std::tie(other.when, other.number);
  }
};

// What does one thing at a time: the device of a graph, or a thread of its host.
struct Line {
  std::uint32_t graph = 0;
  bool is_host = false;
  std::uint64_t thread = 0;

  auto operator<=>(const Line&) const = default;
};
struct LineState {
  std::set<std::pair<std::uint64_t, std::uint32_t>> ready;  // Ids and places.
  bool is_busy = false;
};

using Span = std::pair<Seconds, Seconds>;

// How long at least one of them lasts.
Seconds covered(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  Seconds sum, until;
  for (const Span& span : spans) {
    const Seconds from = std::max(span.first, until);
    if (span.second > from) sum += span.second - from;
    until = std::max(until, span.second);
  }
  return sum;
}

bool is_computing(OperatorKind kind) {
  return kind == OperatorKind::Compute || kind == OperatorKind::Memory;
}

bool is_message(OperatorKind kind) {
  return kind == OperatorKind::Collective || kind == OperatorKind::Send ||
         kind == OperatorKind::Receive;
}

void sum_up(const OperatorGraph& graph, PlayedRank& rank) {
  std::vector<Span> computing, communicating, either;
  for (std::size_t i = 0; i < rank.operators.size(); ++i) {
    const PlayedOperator& one = rank.operators[i];
    const OperatorKind kind = graph.operators[i].kind;
    rank.ends = std::max(rank.ends, one.ends);
    if (is_computing(kind)) computing.emplace_back(one.begins, one.ends);
    if (is_message(kind)) communicating.emplace_back(one.begins, one.ends);
    if (is_computing(kind) || is_message(kind)) either.emplace_back(one.begins, one.ends);
  }
  rank.computing = covered(computing);
  rank.communicating = covered(communicating);
  rank.exposed = covered(either) - rank.computing;
}

class Player {
public:
  Player(std::span<const OperatorGraph> graphs, const MatchedRanks& matched,
         const OperatorTime& time_of)
      : graphs_(graphs), matched_(matched), time_of_(time_of) {
    for (std::uint32_t g = 0; g < graphs.size(); ++g) add(g);
    for (const auto& parts : matched.collectives) missing_.push_back(parts.size());
  }

  Played played() {
    for (std::uint32_t g = 0; g < graphs_.size(); ++g) {
      for (std::uint32_t i = 0; i < graphs_[g].operators.size(); ++i) {
        if (waits_[g][i] == 0) get_ready({g, i});
      }
    }
    start_lines();
    while (!agenda_.empty()) {
      const Happens next = agenda_.top();
      agenda_.pop();
      now_ = next.when;
      end(next.what);
      start_lines();
    }
    if (ended_ < all_) return stuck();
    for (std::size_t g = 0; g < graphs_.size(); ++g) sum_up(graphs_[g], ranks_[g]);
    return std::move(ranks_);
  }

private:
  const Operator& op(OperatorPlace at) const { return graphs_[at.graph].operators[at.place]; }
  PlayedOperator& played(OperatorPlace at) { return ranks_[at.graph].operators[at.place]; }
  Seconds time(OperatorPlace at) const { return time_of_(at.graph, op(at)); }

  void add(std::uint32_t g) {
    const auto& operators = graphs_[g].operators;
    auto& followers = followers_.emplace_back(operators.size());
    auto& waits = waits_.emplace_back(operators.size());
    ranks_.emplace_back().operators.resize(operators.size());
    for (std::uint32_t i = 0; i < operators.size(); ++i) {
      waits[i] = static_cast<std::uint32_t>(operators[i].after.size());
      if (matched_.send_of.count({g, i}) > 0) ++waits[i];
      for (const std::uint32_t before : operators[i].after) followers[before].push_back(i);
    }
    all_ += operators.size();
  }

  void get_ready(OperatorPlace at) {
    played(at).begins = now_;
    switch (op(at).kind) {
      case OperatorKind::None:
        return end_at(at, now_);
      case OperatorKind::Compute:
      case OperatorKind::Memory:
      case OperatorKind::Host:
        return queue(at);
      case OperatorKind::Collective:
        return take_part(at);
      case OperatorKind::Send:
        return end_at(at, now_ + time(at));
      case OperatorKind::Receive:
        return end_at(at, matched_.send_of.count(at) > 0 ? now_ : now_ + time(at));
    }
  }

  void end_at(OperatorPlace at, Seconds when) {
    played(at).ends = when;
    agenda_.push({when, number_++, at});
  }

  Line line_of(OperatorPlace at) const {
    const bool is_host = op(at).kind == OperatorKind::Host;
    return {at.graph, is_host, is_host ? op(at).thread : 0};
  }

  void queue(OperatorPlace at) {
    lines_[line_of(at)].ready.insert({op(at).id, at.place});
    waiting_.insert(line_of(at));
  }

  // Once all that becomes ready at this moment is there.
  void start_lines() {
    if (!agenda_.empty() && agenda_.top().when == now_) return;
    for (const Line& which : std::exchange(waiting_, {})) {
      LineState& line = lines_[which];
      if (line.is_busy || line.ready.empty()) continue;
      const OperatorPlace next{which.graph, line.ready.begin()->second};
      line.ready.erase(line.ready.begin());
      line.is_busy = true;
      played(next).begins = now_;
      end_at(next, now_ + time(next));
    }
  }

  void take_part(OperatorPlace at) {
    const std::size_t number = matched_.collective_of.at(at);
    if (--missing_[number] > 0) return;
    const auto& parts = matched_.collectives[number];
    Seconds begins = now_, takes;
    for (const OperatorPlace part : parts) {
      begins = std::max(begins, links_free_[{part.graph, op(part).group}]);
      takes = std::max(takes, time(part));
    }
    for (const OperatorPlace part : parts) {
      links_free_[{part.graph, op(part).group}] = begins + takes;
      played(part).begins = begins;
      end_at(part, begins + takes);
    }
  }

  void end(OperatorPlace at) {
    ++ended_;
    if (is_computing(op(at).kind) || op(at).kind == OperatorKind::Host) {
      lines_[line_of(at)].is_busy = false;
      waiting_.insert(line_of(at));
    }
    for (const std::uint32_t next : followers_[at.graph][at.place]) arrive({at.graph, next});
    const auto receive = matched_.receive_of.find(at);
    if (receive != matched_.receive_of.end()) arrive(receive->second);
  }

  void arrive(OperatorPlace at) {
    if (--waits_[at.graph][at.place] == 0) get_ready(at);
  }

  // Names the first operator that never ran.
  PlayComplaint stuck() const {
    for (std::uint32_t g = 0; g < graphs_.size(); ++g) {
      for (std::uint32_t i = 0; i < waits_[g].size(); ++i) {
        const auto exchange = matched_.collective_of.find({g, i});
        const bool misses =
            exchange != matched_.collective_of.end() && missing_[exchange->second] > 0;
        if (waits_[g][i] == 0 && !misses) continue;
        const Operator& one = graphs_[g].operators[i];
        return {"rank " + std::to_string(graphs_[g].rank) + " waits for ever: operator " +
                std::to_string(one.id) + " '" + one.name + "'"};
      }
    }
    return {"ranks wait for each other for ever"};
  }

  std::span<const OperatorGraph> graphs_;
  const MatchedRanks& matched_;
  const OperatorTime& time_of_;
  std::vector<std::vector<std::vector<std::uint32_t>>> followers_;
  std::vector<std::vector<std::uint32_t>> waits_;
  std::vector<std::size_t> missing_;  // Of each collective, that are not ready.
  std::vector<PlayedRank> ranks_;
  std::map<Line, LineState> lines_;
  std::set<Line> waiting_;
  std::map<std::pair<std::uint32_t, std::string>, Seconds> links_free_;
  std::priority_queue<Happens, std::vector<Happens>, std::greater<>> agenda_;
  Seconds now_;
  std::uint64_t number_ = 0;
  std::size_t ended_ = 0, all_ = 0;
};

}  // namespace

Played play(std::span<const OperatorGraph> graphs, const RankGroups& groups,
            const OperatorTime& time_of) {
  const auto matched = match_ranks(graphs, groups);
  if (const auto* wrong = std::get_if<PlayComplaint>(&matched)) return *wrong;
  return Player(graphs, std::get<MatchedRanks>(matched), time_of).played();
}

}  // namespace chokepoint
