#include "sim/measure/training_case.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/training_runs.hpp"

namespace chokepoint {
namespace {

std::string key(const TrainingCase& one, TrainingScope scope) {
  return one.keys[static_cast<std::size_t>(scope)];
}

TEST_CASE("training case: empty cells take their documented defaults", "[measure][training]") {
  const SmallTrainingCatalog catalog;
  const TrainingCase one = training_case(small_training_row(), catalog.view());
  REQUIRE(one.reason == "");
  CHECK(one.plan.data == 2);
  CHECK(one.plan.zero == 1);
  CHECK(one.plan.chunks == 1);
  CHECK(one.plan.context == 1);
  CHECK(one.plan.expert == 1);
  CHECK(one.plan.microbatch == 1);
  CHECK(one.plan.recompute == Recompute::None);
  CHECK(one.plan.format == TrainingFormat::Bf16);
  CHECK(one.plan.sequence_parallel);
  CHECK(one.step == Seconds{8});
  CHECK(key(one, TrainingScope::Architecture) == "cuda.8");
  CHECK(key(one, TrainingScope::Attention) == "cudnn.cuda.8");
  CHECK(key(one, TrainingScope::DataOverlap) == "core");
  CHECK(key(one, TrainingScope::Network) == "infiniband");
}

TEST_CASE("training case: columns say what was switched on, not the name of a stack",
          "[measure][training]") {
  const SmallTrainingCatalog catalog;
  MeasuredRow row = small_training_row();
  row["flash_attention"] = "0", row["tp_overlap"] = "0", row["autocast"] = "1";
  row["grad_dtype"] = "bf16", row["sequence_parallel"] = "0", row["zero_group"] = "2";
  row["recompute"] = "full(block 3)", row["recompute_share"] = "0.4";
  const TrainingCase one = training_case(row, catalog.view());
  REQUIRE(one.reason == "");
  CHECK(one.traits.keeps_scores);
  CHECK_FALSE(one.traits.overlaps_tensor);
  CHECK(one.traits.gradient_bytes == 2);
  CHECK_FALSE(one.plan.sequence_parallel);
  CHECK(one.plan.sharded == 2);
  CHECK(one.plan.recompute == Recompute::Full);
  CHECK(one.plan.recomputed_share == 0.4);
  CHECK(key(one, TrainingScope::Fusion) == "autocast");
}

TEST_CASE("training case: what was measured does not reach the plan", "[measure][training]") {
  const SmallTrainingCatalog catalog;
  MeasuredRow row = small_training_row();
  const TrainingFigures none;
  const TrainingCase before = training_case(row, catalog.view());
  for (const char* measured : {"iteration_time_s", "tokens_per_s", "tflops_per_chip", "mfu_pct",
                               "mem_gb", "std_model_tflops_per_chip", "total_gpu_hours"}) {
    row[measured] = "7";
  }
  const TrainingCase after = training_case(row, catalog.view());
  const TrainingSystem a = before.system(none), b = after.system(none);
  CHECK(TrainingEstimator(a).step(before.plan).total() ==
        TrainingEstimator(b).step(after.plan).total());
}

TEST_CASE("training case: a shape of its own, gated where its parameters say so",
          "[measure][training]") {
  const SmallTrainingCatalog catalog;
  MeasuredRow row = small_training_row();
  row.erase("model_id");
  CHECK(training_case(row, catalog.view()).reason.find("say the shape") != std::string::npos);
  row["layers"] = "32", row["hidden"] = "4096", row["heads"] = "32", row["ffn"] = "11008";
  row["vocab"] = "32000", row["params_b"] = "6.74";
  const TrainingCase llama = training_case(row, catalog.view());
  REQUIRE(llama.reason == "");
  CHECK(llama.model.gated_mlp);
  CHECK(llama.model.head_dim == 128);
  CHECK(llama.model.kv_heads == 32);
  row["ffn"] = "16384", row["params_b"] = "6.7";
  CHECK_FALSE(training_case(row, catalog.view()).model.gated_mlp);
}

TEST_CASE("training case: what cannot be is said with the nearest that can",
          "[measure][training]") {
  const SmallTrainingCatalog catalog;
  MeasuredRow row = small_training_row();
  row["chip_id"] = "none";
  CHECK(training_case(row, catalog.view()).reason == "no device 'none' in the catalogue");
  row = small_training_row();
  row["precision"] = "fp7";
  CHECK(training_case(row, catalog.view()).reason == "no format 'fp7': the nearest is bf16");
  row["precision"] = "fp8", row["chip_id"] = "npu", row["stack_version"] = "";
  CHECK(training_case(row, catalog.view()).reason ==
        "npu has no arithmetic for fp8: the nearest format is bf16");
}

TEST_CASE("training case: a batch that nobody states is one round, if that can be counted",
          "[measure][training]") {
  const SmallTrainingCatalog catalog;
  MeasuredRow row = small_training_row();
  row.erase("global_batch");
  row["microbatch"] = "3";
  CHECK(training_case(row, catalog.view()).plan.global_batch == 6);
  row["microbatch"] = "1000000", row["dp"] = "5000", row["chips"] = "160000";
  CHECK(training_case(row, catalog.view()).reason ==
        "dp x microbatch is more than a billion sequences: lower microbatch");
}

TEST_CASE("training case: ranks of tensor parallelism divide experts where the stack does so",
          "[measure][training]") {
  SmallTrainingCatalog catalog;
  MeasuredRow row = small_training_row();
  row["moe_experts"] = "8", row["topk"] = "2", row["ep"] = "2";
  CHECK(training_case(row, catalog.view()).plan.expert_tensor == 1);
  catalog.versions[1].traits.divides_experts = true;
  CHECK(training_case(row, catalog.view()).plan.expert_tensor == 8);
}

TEST_CASE("training case: memory counts where the microbatch is stated, and as it was counted",
          "[measure][training]") {
  SmallTrainingCatalog catalog;
  catalog.versions[1].kept_gradient_bytes_fp16 = 2;
  MeasuredRow row = small_training_row();
  row["mem_gb"] = "40";
  CHECK_FALSE(training_case(row, catalog.view()).memory.has_value());
  row["microbatch"] = "1", row["mem_kind"] = "allocated";
  const TrainingCase one = training_case(row, catalog.view());
  REQUIRE(one.memory.has_value());
  const TrainingSystem system = one.system({});
  const TrainingMemory memory = training_memory(system, one.plan);
  CHECK(one.counted(memory) == memory.allocated());
  CHECK(one.traits.kept_gradient_bytes == 4);
  row["precision"] = "fp16";
  CHECK(training_case(row, catalog.view()).traits.kept_gradient_bytes == 2);
}

TEST_CASE("training case: a version that nobody names is the one known last on that architecture",
          "[measure][training]") {
  SmallTrainingCatalog catalog;
  MeasuredRow row = small_training_row();
  row["stack_version"] = "";
  CHECK(training_case(row, catalog.view()).version == "recent");
  row["chip_id"] = "npu";
  CHECK(training_case(row, catalog.view()).version == "npu_1");
  row["chip_id"] = "h100";
  TrainingStack later = catalog.versions[1];
  later.name = "later", later.known_on = "2025-06-01";
  catalog.versions.insert(catalog.versions.begin(), later);
  CHECK(training_case(row, catalog.view()).version == "later");
  catalog.versions[0].measured_on = {"npu"};
  CHECK(training_case(row, catalog.view()).version == "recent");
}

TEST_CASE("training case: an architecture that nobody measured has priors alone",
          "[measure][training]") {
  SmallTrainingCatalog catalog;
  catalog.stacks[0] = "musa";
  MeasuredRow row = small_training_row();
  row["stack_version"] = "";
  const TrainingCase unknown = training_case(row, catalog.view());
  REQUIRE(unknown.reason == "");
  CHECK(unknown.version == "");
  CHECK_FALSE(unknown.is_architecture_measured);
  CHECK_FALSE(unknown.traits.overlaps_tensor);
  CHECK(key(unknown, TrainingScope::Architecture) == "musa.8");
  CHECK(key(unknown, TrainingScope::Fusion) == "musa.8");
  // The version of another stack brings what it does, and no factor.
  row["stack_version"] = "recent";
  catalog.versions[1].traits.overlaps_tensor = true;
  const TrainingCase foreign = training_case(row, catalog.view());
  CHECK_FALSE(foreign.is_architecture_measured);
  CHECK_FALSE(foreign.traits.overlaps_tensor);
  CHECK(key(foreign, TrainingScope::StackVersion) != "recent");
}

TEST_CASE("training case: degrees that no machine has and names that nobody knows",
          "[measure][training]") {
  const SmallTrainingCatalog catalog;
  MeasuredRow row = small_training_row();
  row["tp"] = row["pp"] = "1000000";
  CHECK(training_case(row, catalog.view()).reason.find("ten million devices") != std::string::npos);
  row = small_training_row();
  row["model_id"] = "lama";
  CHECK(training_case(row, catalog.view()).reason.starts_with("no model 'lama'"));
}

TEST_CASE("training case: a version takes its pipeline from both ends where it can",
          "[measure][training]") {
  SmallTrainingCatalog catalog;
  for (TrainingStack& one : catalog.versions) one.traits.has_dual_pipe = true;
  MeasuredRow row = small_training_row();
  row["layers"] = "80", row["chips"] = "32", row["tp"] = "8", row["pp"] = "4";
  row["microbatch"] = "1", row["global_batch"] = "8";
  const auto schedule = [&] { return training_case(row, catalog.view()).plan.schedule; };
  CHECK(schedule() == PipelineSchedule::DualPipe);
  row["global_batch"] = "7";
  CHECK(schedule() == PipelineSchedule::OneForwardOneBackward);
  row["global_batch"] = "8", row["schedule"] = "zero-bubble";
  CHECK(schedule() == PipelineSchedule::ZeroBubble);
  row["schedule"] = "both";
  CHECK(training_case(row, catalog.view()).reason == "schedule is 'both': the nearest is 1f1b");
}

TEST_CASE("training case: presumed cells fill what is empty, the first that holds",
          "[measure][training]") {
  SmallTrainingCatalog catalog;
  catalog.presumed = {{"recent", "", "80", "microbatch", "2"}, {"", "", "", "microbatch", "4"}};
  MeasuredRow row = small_training_row();
  row["layers"] = "80";
  CHECK(training_case(row, catalog.view()).plan.microbatch == 2);
  row["microbatch"] = "1";
  CHECK(training_case(row, catalog.view()).plan.microbatch == 1);
}

}  // namespace
}  // namespace chokepoint
