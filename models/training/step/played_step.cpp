#include "models/training/step/played_step.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/training/step/step_work.hpp"

namespace chokepoint {
namespace {

constexpr double kNoTime = 1e-12;  // Of a moment: sums in another order.

struct Window {
  Seconds begins, ends;
};

// Fills the time of one rank.
class RankTimeline {
public:
  std::vector<StepOperation> operations;

  Seconds now() const { return now_; }

  // Nothing is told of what takes no time, but for messages.
  void add(StepOperation operation, Seconds time) {
    const bool is_message = operation.is_exchange && operation.group == StepGroup::Pipeline;
    if (time <= Seconds{} && !is_message) return;
    operation.begins = now_;
    now_ += time;
    operation.ends = now_;
    operations.push_back(operation);
  }
  void wait_until(Seconds when) {
    const Seconds before = now_;
    const bool is_now = when - now_ <= when * kNoTime;
    now_ = std::max(now_, when);
    if (is_now) return;
    StepOperation bubble;
    bubble.part = StepPart::Bubble;
    bubble.busy = StepBusy::Nothing;
    bubble.begins = before;
    bubble.ends = when;
    operations.push_back(bubble);
  }
  // Beside what computes, and no longer than that; what is left of it is for others to hide behind.
  void beside(StepOperation operation, Window& computing, Seconds time) {
    computing.begins = std::max(computing.begins, Seconds{});
    const Seconds length = std::min(time, computing.ends - computing.begins);
    if (length <= Seconds{}) return;
    operation.is_hidden = true;
    operation.begins = computing.begins;
    operation.ends = computing.begins += length;
    operations.push_back(operation);
  }

private:
  Seconds now_;
};

// What is exchanged within a pass.
struct PassExchange {
  StepPart part;
  StepExchange what;
  StepGroup group;
  PassTimes all, waited;  // Of one layer.
  Bytes bytes;            // Both ways.
  double times = 0;       // Exchanges that it is made of; 0: they go on without a break.
};

Seconds of_pass(const PassTimes& both, StepPass pass) {
  return pass == StepPass::Forward ? both.forward : both.backward;
}

class StepPlayer {
public:
  StepPlayer(const TrainingSystem& system, const TrainingPlan& plan)
      : plan_(plan),
        pieces_(TrainingEstimator(system).pieces(plan)),
        work_(system, plan, pieces_),
        ranks_(static_cast<std::size_t>(plan.pipeline)) {
    const TrainingExchange exchange(system);
    const auto volumes = exchange.volumes(plan);
    const Seconds once = exchange.hand_over(plan);
    over_ = {StepPart::HandOver, StepExchange::Send, StepGroup::Pipeline,
             {once, once},       pieces_.over,       volumes.hand_over};
    exchanges_ = {
        {StepPart::TensorExchange, StepExchange::AllReduce, StepGroup::Tensor,
         exchange.tensor(plan), pieces_.layer.waits.tensor, volumes.tensor, volumes.reduces},
        {StepPart::ContextExchange, StepExchange::AllGather, StepGroup::Context,
         exchange.context(plan), pieces_.layer.waits.context, volumes.context, 0},
        {StepPart::ExpertExchange, StepExchange::AllToAll, StepGroup::Expert, exchange.expert(plan),
         pieces_.layer.waits.expert, volumes.expert, volumes.visits}};
  }

  PlayedStep played() {
    for (const PlayedPass& pass : played_passes(pieces_.load)) add(pass);
    PlayedStep step;
    for (RankTimeline& rank : ranks_) {
      finish(rank);
      step.ends = std::max(step.ends, rank.now());
      // What runs beside a pass begins with it.
      std::ranges::stable_sort(rank.operations, {}, [](const StepOperation& one) {
        return std::pair(one.begins, !one.is_hidden);
      });
      step.ranks.push_back(std::move(rank.operations));
    }
    return step;
  }

private:
  void add(const PlayedPass& pass) {
    RankTimeline& rank = ranks_[static_cast<std::size_t>(pass.device)];
    rank.wait_until(pass.begins);
    StepOperation blank;
    blank.pass = pass.which;
    blank.microbatch = pass.microbatch;
    blank.chunk = pass.chunk;
    if (pass.which == StepPass::Weights) {
      for (const WorkedPart& part : work_.weights(stage_of(pass))) add_work(blank, part, rank);
      return;
    }
    add_receive(blank, pass, rank);
    const Seconds begins = rank.now();
    for (const WorkedPart& part : work_.of(pass.which, stage_of(pass))) {
      add_work(blank, part, rank);
    }
    Window computing{begins, rank.now()};
    for (const PassExchange& one : exchanges_) {
      add_exchange(blank, one, work_.layers(stage_of(pass)), computing, rank);
    }
    add_send(blank, pass, computing, rank);
  }

  int stage_of(const PlayedPass& pass) const { return pass.chunk * plan_.pipeline + pass.device; }

  static void add_work(StepOperation operation, const WorkedPart& part, RankTimeline& rank) {
    operation.part = part.part;
    operation.busy = part.busy;
    operation.operations = part.operations;
    operation.rate_share = part.rate_share;
    operation.bytes = part.bytes;
    rank.add(operation, part.time);
  }

  static void add_exchange(StepOperation operation, const PassExchange& one, double layers,
                           Window& computing, RankTimeline& rank) {
    const Seconds all = of_pass(one.all, operation.pass);
    const Seconds waited = of_pass(one.waited, operation.pass);
    if (all <= Seconds{}) return;
    operation.is_exchange = true;
    operation.part = one.part;
    operation.what = one.what;
    operation.group = one.group;
    const double share = all / one.all.total() * layers, exposed = waited / all;
    operation.bytes = one.bytes * (share * (1 - exposed));
    rank.beside(operation, computing, (all - waited) * layers);
    const double times = std::max(1.0, std::round(one.times * share * exposed));
    operation.bytes = one.bytes * (share * exposed / times);
    const Seconds each = waited * layers / times;
    for (int i = 0; i < static_cast<int>(times); ++i) rank.add(operation, each);
  }

  // A message between a pass and the stage `to` of it.
  StepOperation message(StepOperation operation, int to, StepExchange what) const {
    operation.is_exchange = true;
    operation.part = StepPart::HandOver;
    operation.group = StepGroup::Pipeline;
    operation.what = what;
    operation.bytes = over_.bytes;
    operation.peer = to % plan_.pipeline;
    return operation;
  }

  void add_receive(const StepOperation& blank, const PlayedPass& pass, RankTimeline& rank) const {
    const int stage = stage_of(pass), last = plan_.stages() - 1;
    const bool is_forward = pass.which == StepPass::Forward;
    if (plan_.pipeline == 1 || stage == (is_forward ? 0 : last)) return;
    const bool sends_on = stage != (is_forward ? last : 0);
    rank.add(message(blank, is_forward ? stage - 1 : stage + 1, StepExchange::Receive),
             sends_on ? Seconds{} : of_pass(over_.waited, pass.which));
  }

  void add_send(const StepOperation& blank, const PlayedPass& pass, Window& computing,
                RankTimeline& rank) const {
    const int stage = stage_of(pass), last = plan_.stages() - 1;
    const bool is_forward = pass.which == StepPass::Forward;
    if (plan_.pipeline == 1 || stage == (is_forward ? last : 0)) return;
    StepOperation send = message(blank, is_forward ? stage + 1 : stage - 1, StepExchange::Send);
    const Seconds all = of_pass(over_.all, pass.which), waited = of_pass(over_.waited, pass.which);
    send.bytes = over_.bytes * (1 - waited / all);
    rank.beside(send, computing, all - waited);
    send.bytes = over_.bytes * (waited / all);
    rank.add(send, waited);
  }

  // What comes once a step.
  void finish(RankTimeline& rank) const {
    const CopyExchange& copies = pieces_.ending.copies;
    const Seconds all = copies.reduce + copies.gather;
    const double waited = all > Seconds{} ? std::min(copies.waited / all, 1.0) : 0.0;
    StepOperation blank;
    blank.is_exchange = true;
    blank.part = StepPart::CopyExchange;
    blank.group = StepGroup::Copies;
    StepOperation reduce = blank, gather = blank;
    const bool sums_alone = plan_.zero == 0;
    reduce.what = sums_alone ? StepExchange::AllReduce : StepExchange::ReduceScatter;
    gather.what = StepExchange::AllGather;
    if (sums_alone) {
      add_hidden(reduce, all, waited, work_.gradients(), rank);
    } else {
      gather.bytes = work_.parameters() * (1 - waited);
      Window passes{{}, rank.now()};
      rank.beside(gather, passes, copies.gather * (1 - waited));
      add_hidden(reduce, copies.reduce, waited, work_.gradients(), rank);
    }
    rank.wait_until(pieces_.pipeline);
    StepOperation wait;
    wait.part = StepPart::Straggling;
    wait.busy = StepBusy::Nothing;
    rank.add(wait, pieces_.straggling);
    const double of_reduce = all > Seconds{} && !sums_alone ? copies.reduce / all : 1.0;
    reduce.bytes = work_.gradients() * waited;
    rank.add(reduce, copies.waited * of_reduce);
    StepOperation optimizer;
    optimizer.part = StepPart::Optimizer;
    optimizer.busy = StepBusy::Memory;
    optimizer.bytes = work_.optimizer();
    rank.add(optimizer, pieces_.ending.optimizer);
    gather.bytes = work_.parameters() * waited;
    rank.add(gather, copies.waited * (1 - of_reduce));
    StepOperation host;
    host.part = StepPart::Host;
    host.busy = StepBusy::Host;
    rank.add(host, pieces_.host);
  }

  // So that it is done when the passes are.
  static void add_hidden(StepOperation reduce, Seconds all, double waited, Bytes bytes,
                         RankTimeline& rank) {
    reduce.bytes = bytes * (1 - waited);
    const Seconds time = all * (1 - waited);
    Window last{rank.now() - time, rank.now()};
    rank.beside(reduce, last, time);
  }

  const TrainingPlan& plan_;
  StepPieces pieces_;
  StepWork work_;
  std::vector<RankTimeline> ranks_;
  std::vector<PassExchange> exchanges_;
  PassExchange over_{};  // Between stages.
};

}  // namespace

PlayedStep play_step(const TrainingSystem& system, const TrainingPlan& plan) {
  return StepPlayer(system, plan).played();
}

}  // namespace chokepoint
