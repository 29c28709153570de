#include "sim/engine/datacenter/interrupted_run.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

namespace {

// Sums of intervals are off by rounding; without slack a job would end in one of no length.
constexpr double kSlack = 1e-12;

constexpr int kBroken = -1;

/// A run that goes on elsewhere has another fate.
std::string streams_of(const TrainingJob& job, Tokens trained) {
  const std::string streams = "job/" + job.name;
  return trained > Tokens{} ? streams + "/from " + std::to_string(trained.value) : streams;
}

bool is_still_in(RunPhase phase) {
  return phase != RunPhase::Train && phase != RunPhase::Save;
}

}  // namespace

InterruptedRun::InterruptedRun(const World& world, const Gang& gang, TokensPerSecond throughput,
                               Tokens trained, Agenda& agenda, Activities& activities,
                               Transfers& transfers, Repairs& repairs, Sites& sites,
                               StorageOutages& outages, TraceSink& trace)
    : EngineComponent(world, agenda, trace),
      job_(world.training_jobs[gang.placement.job.value]),
      gang_(gang),
      throughput_(throughput),
      run_(placed_run(world, job_, gang.placement.pool, throughput)),
      draws_(run_, world.seed, streams_of(job_, trained)),
      checkpoint_(checkpoint_size(world.transformers[job_.transformer.value])),
      activities_(activities),
      transfers_(transfers),
      repairs_(repairs),
      sites_(sites),
      outages_(outages),
      before_(trained),
      safe_(trained),
      rate_(throughput) {
  if (run_.planned > PerSecond{}) next_planned_ = trained + throughput_ / run_.planned;
}

void InterruptedRun::start(std::function<void()> at_end) {
  at_end_ = std::move(at_end);
  placed_ = agenda_.now();
  const Placement& placement = gang_.placement;
  outages_.watch(site());
  nodes_ = repairs_.take(placement.pool, placement.nodes);
  trace_.record(JobPlaced{placed_, placement.job, placement.pool, placement.nodes, throughput_});
  begin_start();
}

Tokens InterruptedRun::running() const {
  return std::min(rate_ * (agenda_.now() - interval_began_), interval_);
}

Tokens InterruptedRun::done() const {
  return safe_ + written_ + trained_ + running();
}

Tokens InterruptedRun::left() const {
  return job_.tokens.value - safe_ - written_;
}

bool InterruptedRun::has_done_all() const {
  return job_.tokens.value - safe_ <= job_.tokens.value * kSlack;
}

std::optional<double> InterruptedRun::goodput() const {
  const Seconds elapsed = finished_.value_or(agenda_.now()) - placed_;
  if (elapsed <= Seconds{}) return std::nullopt;
  return (safe_ - before_) / (throughput_ * elapsed);
}

bool InterruptedRun::is_blocking() const {
  return world_.interrupted_jobs->checkpoint_mode == CheckpointMode::Blocking;
}

bool InterruptedRun::uses_storage() const {
  return world_.sites[site().value].storage.has_value();
}

void InterruptedRun::enter(RunPhase phase) {
  leave();
  phase_ = phase;
  is_in_phase_ = true;
  set_still(is_still_in(phase));
  trace_.record(RunPhaseBegan{agenda_.now(), gang_.placement.job, phase});
}

void InterruptedRun::leave() {
  if (!is_in_phase_) return;
  is_in_phase_ = false;
  trace_.record(RunPhaseEnded{agenda_.now(), gang_.placement.job, phase_});
}

void InterruptedRun::set_still(bool is_still) {
  const auto all = static_cast<NodeCount>(nodes_.size() - missing_);
  const NodeCount still = is_still ? all : 0;
  if (still == still_) return;
  const PoolId pool = gang_.placement.pool;
  sites_.set_still(pool, sites_.still(pool) + still - still_, agenda_.now());
  still_ = still;
}

void InterruptedRun::after(Seconds delay, Step step) {
  agenda_.at(agenda_.now() + delay, Phase::Job, [this, step, epoch = epoch_] {
    if (epoch == epoch_) (this->*step)();
  });
}

void InterruptedRun::begin_start() {
  const DrawnStart drawn = draws_.start();
  rate_ = drawn.is_slow ? throughput_ / (1 + run_.slow_delay) : throughput_;
  risk_left_ = drawn.lasts;
  arm();
  restart();
}

void InterruptedRun::restart() {
  enter(RunPhase::Restart);
  if (!uses_storage() && !storage_may_fail()) {
    return after(run_.restart, &InterruptedRun::on_restarted);
  }
  after(std::max(Seconds{}, run_.restart - run_.checkpoint.read), &InterruptedRun::on_processes_up);
}

void InterruptedRun::on_processes_up() {
  reads_ = true;
  read();
}

void InterruptedRun::read() {
  if (outages_.is_away(site())) return;
  if (!uses_storage()) return after_access(run_.checkpoint.read, &InterruptedRun::on_restarted);
  reading_ = activities_.store(gang_.placement.job, gang_.placement.pool, StorageUse::Read,
                               checkpoint_, [this] { on_restarted(); });
}

void InterruptedRun::on_restarted() {
  reading_.reset();
  reads_ = false;
  if (is_stopping_) return go_on();
  train();
}

void InterruptedRun::train() {
  enter(RunPhase::Train);
  interval_ = std::min(left(), rate_ * run_.interval);
  if (left() - interval_ <= job_.tokens.value * kSlack) interval_ = left();
  interval_began_ = agenda_.now();
  training_ = activities_.work(gang_.placement.pool, gang_.host, interval_ / rate_,
                               [this] { on_trained(); });
}

void InterruptedRun::on_trained() {
  training_.reset();
  trained_ = std::exchange(interval_, Tokens{});
  saving_waits_ = written_ > Tokens{};
  const bool is_at_once = run_.checkpoint.stall == Seconds{} && !is_blocking();
  if (!saving_waits_ && is_at_once) return write();
  enter(RunPhase::Save);
  if (!saving_waits_) save();
}

void InterruptedRun::finish() {
  leave();
  disarm();
  ++epoch_;
  finished_ = agenda_.now();
  set_still(false);
  repairs_.give(gang_.placement.pool, nodes_);
  trace_.record(JobFinished{agenda_.now(), gang_.placement.job});
  at_end_();
}

StoppedRun InterruptedRun::stop(bool saves) {
  const Tokens unsaved = done() - safe_;
  const PoolId pool = gang_.placement.pool;
  is_stopped_ = true;
  finished_ = agenda_.now();
  disarm();
  cancel_all();
  leave();
  set_still(false);
  written_ = trained_ = interval_ = Tokens{};
  if (saves) safe_ += unsaved;
  if (phase_ == RunPhase::Detect) understand();
  std::vector<int> held = nodes_;
  std::erase(held, kBroken);
  repairs_.give(pool, held);
  return {saves ? Tokens{} : unsaved, static_cast<NodeCount>(held.size())};
}

void InterruptedRun::save() {
  // Where training waits for the whole checkpoint, the stall is its way to storage.
  if (is_blocking() && (uses_storage() || storage_may_fail())) return write();
  after(run_.checkpoint.stall, &InterruptedRun::write);
}

void InterruptedRun::write() {
  written_ = std::exchange(trained_, Tokens{});
  is_stopping_ = is_stop_planned();
  const bool is_last = left() <= job_.tokens.value * kSlack;
  if (is_blocking() && !uses_storage() && !storage_may_fail()) return on_written();
  writes_ = true;
  store();
  if (is_blocking()) return;
  if (is_stopping_) disarm();
  if (!is_last && !is_stopping_) return train();
  if (phase_ != RunPhase::Save) enter(RunPhase::Save);
}

void InterruptedRun::store() {
  if (outages_.is_away(site())) return;
  if (!uses_storage()) {
    const CheckpointCost& cost = run_.checkpoint;
    return after_access(is_blocking() ? cost.stall : cost.lag, &InterruptedRun::on_written);
  }
  storing_ = activities_.store(gang_.placement.job, gang_.placement.pool, StorageUse::Write,
                               checkpoint_, [this] { on_written(); });
}

void InterruptedRun::after_access(Seconds delay, Step step) {
  agenda_.at(agenda_.now() + delay, Phase::Job, [this, step, epoch = epoch_, access = access_] {
    if (epoch == epoch_ && access == access_) (this->*step)();
  });
}

void InterruptedRun::on_storage_failed() {
  ++access_;
  for (auto* ticket : {&storing_, &reading_}) {
    if (*ticket) activities_.cancel(**ticket);
    ticket->reset();
  }
}

void InterruptedRun::on_storage_back() {
  if (reads_) read();
  if (writes_) store();
}

void InterruptedRun::on_written() {
  storing_.reset();
  writes_ = false;
  safe_ += std::exchange(written_, Tokens{});
  trace_.record(RunSaved{agenda_.now(), gang_.placement.job, safe_});
  if (job_.checkpoint_copy) {
    transfers_.send(gang_.placement.job, world_.pools[gang_.placement.pool.value].site,
                    *job_.checkpoint_copy, checkpoint_);
  }
  if (std::exchange(saving_waits_, false)) return save();
  if (phase_ == RunPhase::Save) go_on();
}

// After a checkpoint that nothing runs beside, or a planned stop.
void InterruptedRun::go_on() {
  if (has_done_all()) return finish();
  if (is_stopping_ && next_planned_ <= safe_) return stop_as_planned();
  if (std::exchange(is_stopping_, false)) arm();
  train();
}

bool InterruptedRun::is_stop_planned() const {
  return run_.planned > PerSecond{} && safe_ + written_ >= next_planned_;
}

void InterruptedRun::stop_as_planned() {
  disarm();
  next_planned_ += throughput_ / run_.planned;
  enter(RunPhase::Planned);
  after(run_.planned_stop, &InterruptedRun::restart);
}

void InterruptedRun::arm() {
  if (!risk_left_) return;
  due_ = agenda_.now() + *risk_left_;
  agenda_.at(*due_, Phase::Job, [this, armed = ++armed_] {
    if (armed == armed_) on_interrupted();
  });
}

void InterruptedRun::disarm() {
  if (!due_) return;
  risk_left_ = *due_ - agenda_.now();
  due_.reset();
  ++armed_;
}

void InterruptedRun::cancel_all() {
  for (auto* ticket : {&training_, &storing_, &reading_}) {
    if (*ticket) activities_.cancel(**ticket);
    ticket->reset();
  }
  writes_ = reads_ = false;
  ++epoch_;
}

std::vector<std::size_t> InterruptedRun::struck_nodes(FailureScope scope, bool is_broken) {
  if (scope == FailureScope::Run && !is_broken) return {};
  const auto place = static_cast<std::size_t>(draws_.server(static_cast<int>(nodes_.size())));
  const ReliabilitySpec& spec = *reliability_of(world_, gang_.placement.pool);
  const auto together = static_cast<std::size_t>(spec.nodes_struck(scope));
  std::vector<std::size_t> struck;
  const std::size_t first = place / together * together;
  for (std::size_t i = first; i < std::min(first + together, nodes_.size()); ++i) {
    struck.push_back(i);
  }
  return struck;
}

void InterruptedRun::on_interrupted() {
  const Seconds now = agenda_.now();
  due_.reset();
  const auto& [job, pool, size] = gang_.placement;
  const DrawnCause cause = draws_.cause();
  const FailureScope scope = run_.failures[cause.failure].scope;
  is_broken_ = cause.is_broken;
  struck_scope_ = scope;
  struck_ = struck_nodes(scope, is_broken_);
  const RunInterrupted what{
      now, job, scope, is_broken_, written_ + trained_ + running(), written_ > Tokens{}};
  cancel_all();
  written_ = trained_ = interval_ = Tokens{};
  saving_waits_ = is_stopping_ = false;
  leave();
  trace_.record(what);
  const std::string& name = reliability_of(world_, pool)->modes[cause.failure].name;
  for (const std::size_t place : struck_) {
    trace_.record(NodeFailed{now, pool, nodes_[place], name, is_broken_});
  }
  enter(RunPhase::Detect);
  after(run_.noticed, &InterruptedRun::on_understood);
}

// Nodes below a switch are back together.
void InterruptedRun::understand() {
  const PoolId pool = gang_.placement.pool;
  const ReliabilitySpec& spec = *reliability_of(world_, pool);
  const double of_scope = spec.repair_of(struck_scope_) / spec.repair.value;
  std::optional<Seconds> repair;
  for (const std::size_t place : struck_) {
    if (is_broken_) {
      if (!repair || struck_scope_ != FailureScope::Switches) repair = draws_.repair() * of_scope;
      repairs_.repair(pool, std::exchange(nodes_[place], kBroken), *repair);
    } else {
      trace_.record(NodeReturned{agenda_.now(), pool, nodes_[place]});
    }
  }
}

void InterruptedRun::on_understood() {
  const PoolId pool = gang_.placement.pool;
  if (!is_broken_) {
    understand();
    return begin_start();
  }
  missing_ = struck_.size();
  set_still(true);
  understand();
  for (const std::size_t place : struck_) {
    repairs_.want(pool, [this, place](int node) { on_replaced(place, node); });
  }
  if (missing_ > 0) enter(RunPhase::Replace);
}

void InterruptedRun::on_replaced(std::size_t place, int node) {
  if (is_stopped_) return repairs_.let_go(gang_.placement.pool, node);
  nodes_[place] = node;
  --missing_;
  set_still(true);
  if (missing_ == 0) begin_start();
}

}  // namespace chokepoint
