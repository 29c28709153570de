#include "tools/estimate/training/training_search_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tools/estimate/training/training_answer.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

std::string why_behind(const RankedTrainingPlan& plan, const RankedTrainingPlan& best) {
  const double slower = plan.time.total() / best.time.total() - 1;
  if (slower < 1e-9) return "";
  const StepPart part = slower_part(plan.time, best.time);
  std::string words(name(part));
  for (char& c : words) c = c == '_' ? ' ' : c;
  return fmt::format("{} slower, most of it {} ({:+.3g} s)", format_share<1>(slower), words,
                     (plan.time.of(part) - best.time.of(part)).value);
}

}  // namespace

TrainingTask task_of(const TrainingQuestion& question, const TrainingSubject& subject) {
  const double usual = std::max(1.0, std::round(kUsualBatchTokens / question.sequence));
  TrainingTask task{question.devices, question.sequence,
                    question.global_batch.value_or(static_cast<int>(usual)),
                    subject.known.plan.format, subject.known.plan.schedule};
  task.grid = PlanGrid::Whole;
  for (const PipelineSchedule one : {PipelineSchedule::ZeroBubble, PipelineSchedule::DualPipe}) {
    if (question.schedule == name(one)) task.schedule = one;
  }
  if (question.schedule.empty() && subject.known.traits.has_dual_pipe) {
    task.other_schedules = {PipelineSchedule::DualPipe};
  }
  return task;
}

TrainingQuestion without_degrees(const TrainingQuestion& question) {
  TrainingQuestion base = question;
  // Whether stages can take turns so is for each plan to say.
  base.schedule.clear();
  base.tensor = base.pipeline = base.chunks = base.context = base.expert = base.microbatch = 1;
  base.data = base.global_batch = base.devices;
  return base;
}

Table search_table(const TrainingSubject& subject, const TrainingTask& task,
                   const TrainingSearch& found) {
  Table table("plans", {Column("plan", Type::Text), Column("iteration_time_s", Type::Real),
                        Column("mfu", Type::Text), Column("memory_gib", Type::Real),
                        Column("fits", Type::Text), Column("why_behind", Type::Text)});
  for (const RankedTrainingPlan& one : found.plans) {
    const Seconds step = one.time.total();
    const double mfu =
        model_flops_utilization(subject.known.model, *subject.known.device, one.plan, step);
    const int idle = task.devices - one.plan.devices();
    const std::string plan =
        plan_text(one.plan) + (idle > 0 ? fmt::format("; {} idle", idle) : std::string());
    table.add_row({plan, step.value, format_share<1>(mfu), one.memory.total().value / kBytesPerGib,
                   std::string(name(one.memory.fit())), why_behind(one, found.plans.front())});
  }
  return table;
}

}  // namespace chokepoint
