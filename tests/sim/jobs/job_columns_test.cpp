#include "sim/jobs/job_columns.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("job columns: the published logs are known by their headers", "[jobs]") {
  const std::vector<std::vector<std::string>> headers = {
      {"timestamp", "duration", "num_gpus", "gpu_time", "cluster"},
      {"name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli", "gpu_spec", "qos", "pod_phase",
       "creation_time", "deletion_time", "scheduled_time"},
      {"job_id", "user", "gpu_num", "cpu_num", "node_num", "state", "submit_time", "start_time",
       "end_time", "duration", "queue"},
      {"job_id", "num_gpu", "submit_time", "iterations", "model_name", "batch_size", "duration",
       "interval", "iteration_time"},
      {"job_name", "task_name", "inst_num", "status", "start_time", "end_time", "plan_cpu",
       "plan_mem", "plan_gpu", "gpu_type"},
      sacct_columns()};
  for (const auto& names : headers) {
    INFO(names.front() << " " << names.back());
    CHECK(lacking(chosen_job_columns(names, {})).empty());
  }
  CHECK(chosen_job_columns(headers[3], {}).unit(JobRole::Submit) == kJobMilliseconds);
  CHECK(chosen_job_columns(headers[4], {}).is_in_percent);
  for (const JobRole role : kTimeRoles) CHECK_FALSE(chosen_job_columns(headers[0], {}).unit(role));
}

TEST_CASE("job columns: a time may say its unit", "[jobs]") {
  auto columns = chosen_job_columns({"submit (ms)", "run_minutes", "gpus", "wall"},
                                    {{JobRole::Estimate, "wall"}});
  CHECK(columns[JobRole::Submit] == 0u);
  CHECK(columns[JobRole::Run] == 1u);
  CHECK(columns.unit(JobRole::Submit) == kJobMilliseconds);
  CHECK(columns.unit(JobRole::Run) == job_time_unit_named("min"));
  CHECK_FALSE(columns.unit(JobRole::Estimate));
  auto named = chosen_job_columns({"gpu_hours", "t", "n"}, {{JobRole::Run, "gpu hours"}});
  CHECK(named.unit(JobRole::Run) == job_time_unit_named("h"));
}

TEST_CASE("job columns: what lacks is told, and a person may say what is what", "[jobs]") {
  const std::vector<std::string> names = {"when", "secs", "cards"};
  CHECK(lacking(chosen_job_columns(names, {})) ==
        "when a job was submitted, how long it ran, or from when until when, how many devices it "
        "needs");
  const auto named = chosen_job_columns(
      names, {{JobRole::Submit, "When"}, {JobRole::Run, "secs"}, {JobRole::Devices, "cards"}});
  CHECK(lacking(named).empty());
  CHECK(named[JobRole::Devices] == 2u);
  CHECK(job_role_named("devices") == JobRole::Devices);
  CHECK_FALSE(job_role_named("gpus"));
}

}  // namespace
}  // namespace chokepoint
