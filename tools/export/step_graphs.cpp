#include "tools/export/step_graphs.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace chokepoint {
namespace {

constexpr std::uint64_t kNanosecondsOfMicro = 1'000;

/// Microseconds to the nearest: lengths between such moments add up.
std::uint64_t micros(std::uint64_t time_ns) {
  return (time_ns + kNanosecondsOfMicro / 2) / kNanosecondsOfMicro;
}

OperatorKind kind_of_operation(const pb::OperationFact& fact) {
  switch (fact.busy()) {
    case pb::OperationFact::DEVICE:
      return OperatorKind::Compute;
    case pb::OperationFact::MEMORY:
      return OperatorKind::Memory;
    default:
      return OperatorKind::Host;  // Or waiting that has a length of its own.
  }
}

OperatorKind kind_of_exchange(const pb::ExchangeFact& fact) {
  return fact.what() == pb::ExchangeFact::SEND      ? OperatorKind::Send
         : fact.what() == pb::ExchangeFact::RECEIVE ? OperatorKind::Receive
                                                    : OperatorKind::Collective;
}

ExchangeKind collective_kind(const pb::ExchangeFact& fact) {
  switch (fact.what()) {
    case pb::ExchangeFact::REDUCE_SCATTER:
      return ExchangeKind::ReduceScatter;
    case pb::ExchangeFact::ALL_GATHER:
      return ExchangeKind::AllGather;
    case pb::ExchangeFact::ALL_TO_ALL:
      return ExchangeKind::AllToAll;
    default:
      return ExchangeKind::AllReduce;
  }
}

/// One rank of the pipeline, as its facts come in.
class RankGraph {
public:
  OperatorGraph graph;

  template <class Fact>
  Operator& add(const Fact& fact, bool waits_for_line) {
    Operator& one = graph.operators.emplace_back();
    one.id = graph.operators.size();
    one.name = fact.part();
    if (fact.pass() != pb::PASS_NONE) {
      one.name += fact.pass() == pb::PASS_FORWARD    ? " forward "
                  : fact.pass() == pb::PASS_BACKWARD ? " backward "
                                                     : " weights ";
      one.name += std::to_string(fact.microbatch());
    }
    // What runs beside may begin while something goes on, and waits only for what was over.
    const auto& before = waits_for_line ? last_ : over_;
    if (before) one.after.push_back(*before);
    const auto place = static_cast<std::uint32_t>(graph.operators.size() - 1);
    if (waits_for_line) {
      last_ = place;
    } else {
      beside_.push_back(place);
    }
    return graph.operators.back();
  }
  /// What stands at `place` is over.
  void set_over(std::size_t place) {
    const auto at = static_cast<std::uint32_t>(place);
    if (!std::ranges::binary_search(beside_, at)) over_ = at;
  }
  /// The last of all waits for what ran beside.
  void close() {
    if (!last_ || beside_.empty()) return;
    Operator& end = graph.operators.emplace_back();
    end.id = graph.operators.size();
    end.name = "end of the step";
    end.after = beside_;
    end.after.push_back(*last_);
  }

private:
  std::optional<std::uint32_t> last_, over_;  ///< On the rank's own line: begun, ended.
  std::vector<std::uint32_t> beside_;         ///< Rising.
};

class StepReader {
public:
  void take(const TimedFact& timed) {
    if (timed.fact.has_step() && !timed.fact.step().ended()) {
      if (!is_begun_) begin(timed.fact.step());
    }
    if (!is_begun_) return;
    if (timed.fact.has_operation()) take(timed.fact.operation(), timed.time_ns);
    if (timed.fact.has_exchange()) take(timed.fact.exchange(), timed.time_ns);
  }

  StepGraphs finished() {
    StepGraphs made;
    for (RankGraph& rank : ranks_) {
      rank.close();
      made.graphs.push_back(std::move(rank.graph));
    }
    made.groups = std::move(groups_);
    return made;
  }

private:
  void begin(const pb::StepFact& step) {
    is_begun_ = true;
    step_ = step;
    for (std::uint32_t rank = 0; rank < step.pipeline(); ++rank) {
      ranks_.emplace_back().graph.rank = device(rank);
    }
  }

  int devices_of_rank() const {
    return static_cast<int>(step_.tensor() * step_.context() * step_.data());
  }
  /// The first device of a rank of the pipeline.
  int device(std::uint32_t rank) const { return static_cast<int>(rank) * devices_of_rank(); }

  void take(const pb::OperationFact& fact, std::uint64_t now) {
    if (fact.rank() >= ranks_.size()) return;
    if (fact.ended()) return end(fact.rank(), fact.number(), now);
    if (fact.busy() == pb::OperationFact::NOTHING && fact.part() == "bubble") return;
    Operator& one = ranks_[fact.rank()].add(fact, true);
    one.kind = kind_of_operation(fact);
    one.operations = Flops{fact.operations()};
    one.bytes = Bytes{fact.bytes()};
    if (fact.rate_share() > 0) one.rate_share = fact.rate_share();
    begin(fact.rank(), fact.number(), now);
  }

  void take(const pb::ExchangeFact& fact, std::uint64_t now) {
    if (fact.rank() >= ranks_.size()) return;
    if (fact.ended()) return end(fact.rank(), fact.number(), now);
    Operator& one = ranks_[fact.rank()].add(fact, !fact.hidden());
    one.kind = kind_of_exchange(fact);
    one.bytes = Bytes{fact.bytes()};
    if (one.kind == OperatorKind::Collective) {
      one.collective = collective_kind(fact);
      one.group = group_of(fact);
    } else {
      one.peer = device(fact.peer());
      one.tag = tag_of(fact);
    }
    begin(fact.rank(), fact.number(), now);
  }

  /// Of what is sent beside computing nobody is told: the message itself comes after.
  std::uint64_t tag_of(const pb::ExchangeFact& fact) const {
    const bool is_forward = fact.pass() == pb::PASS_FORWARD;
    const std::uint64_t stage = std::uint64_t{fact.chunk()} * step_.pipeline() + fact.rank();
    const bool receives = fact.what() == pb::ExchangeFact::RECEIVE;
    const std::uint64_t sender = !receives ? stage : is_forward ? stage - 1 : stage + 1;
    const std::uint64_t stages = std::uint64_t{step_.pipeline()} * step_.chunks();
    const std::uint64_t of_message =
        (std::uint64_t{fact.microbatch()} * stages + sender) * 2 + (is_forward ? 0 : 1);
    return of_message * 2 + (fact.hidden() ? 1 : 0);
  }

  std::string group_of(const pb::ExchangeFact& fact) {
    const std::string name = fact.group() + "_" + std::to_string(fact.rank());
    const auto [found, is_new] = groups_.try_emplace(name);
    if (!is_new) return name;
    int stride = 1, count = devices_of_rank();
    if (fact.group() == "tensor") {
      count = static_cast<int>(step_.tensor());
    } else if (fact.group() == "context") {
      stride = static_cast<int>(step_.tensor());
      count = static_cast<int>(step_.context());
    } else if (fact.group() == "expert") {
      stride = static_cast<int>(step_.expert_division());
      count = static_cast<int>(step_.expert());
    } else if (fact.group() == "copies") {
      stride = static_cast<int>(step_.tensor());
      count = static_cast<int>(step_.context() * step_.data());
    }
    for (int i = 0; i < count; ++i) found->second.push_back(device(fact.rank()) + i * stride);
    return name;
  }

  struct Begun {
    std::size_t place = 0;
    std::uint64_t micros = 0;
  };
  void begin(std::uint32_t rank, std::uint64_t number, std::uint64_t now) {
    begun_[{rank, number}] = {ranks_[rank].graph.operators.size() - 1, micros(now)};
  }
  void end(std::uint32_t rank, std::uint64_t number, std::uint64_t now) {
    const auto found = begun_.find({rank, number});
    if (found == begun_.end()) return;
    const auto [place, began] = found->second;
    begun_.erase(found);
    ranks_[rank].set_over(place);
    auto& operators = ranks_[rank].graph.operators;
    const Seconds took{static_cast<double>(micros(now) - began) * 1e-6};
    if (operators[place].kind != OperatorKind::Receive) {
      operators[place].recorded = took;
    } else if (took > Seconds{}) {
      add_receiving(rank, took);
    }
  }

  /// A receive ends when its send does; what it takes beyond that keeps the rank waiting.
  void add_receiving(std::uint32_t rank, Seconds took) {
    pb::OperationFact waiting;
    waiting.set_part("hand_over, received");
    waiting.set_pass(pb::PASS_NONE);
    Operator& one = ranks_[rank].add(waiting, true);
    one.kind = OperatorKind::Host;
    one.recorded = took;
  }

  bool is_begun_ = false;
  pb::StepFact step_;
  std::vector<RankGraph> ranks_;
  RankGroups groups_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, Begun> begun_;
};

}  // namespace

StepGraphs step_graphs(TraceReader& reader) {
  StepReader step;
  while (const auto timed = reader.next()) step.take(*timed);
  return step.finished();
}

}  // namespace chokepoint
