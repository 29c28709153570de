#include "tools/fleet/cluster_starter.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "sim/files/regular_file.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHead = R"(# A cluster of your own. Play a log of requests against it with
# `chokepoint replay requests LOG --on FILE`; see scenarios/clusters/README.md.

name: "{name}"
question: "How does {name} serve a log?"
{source}: "{file}"

)";

constexpr const char* kFleet = R"(
# How a model is served. Without this part `--model` serves on every pool.
serving_fleet {{
  model: "Qwen3-32B"
  # ROUND_ROBIN, RANDOM, LEAST_LOADED, POWER_OF_TWO or PREFIX_AWARE.
  routing: LEAST_LOADED
  # What requests are promised; goodput counts those that had it.
  classes {{ name: "chat" ttft_s: 2 tpot_ms: 50 }}
{pools}}}
)";

constexpr const char* kPool = R"(  pools {{
    name: "{name}"
    pool: "{pool}"
    # Each of these may stay unset; proto/chokepoint/v1/serving.proto says what follows then.
    # replicas: 2  tp: 4  dp: 1  pp: 1  ep: false
    # engine: "vllm"  precision: "fp8"  kv: "fp8"
    token_budget: 8192
    block_tokens: 16
    prefix_cache: true
    # scaling {{ least: 1 most: 2 target: 32 interval_s: 15 provisioning_s: 120 }}
    # failing {{
    #   between_hours {{ value: 1000 source: "scenario_prior" confidence: ESTIMATED note: "a choice" }}
    #   repair_hours {{ value: 1 source: "scenario_prior" confidence: ESTIMATED note: "a choice" }}
    # }}
  }}
)";

/// The text from the first site on.
std::string sites_of(const fs::path& file) {
  const FileBytes bytes = read_whole_file(file);
  if (!bytes.complaint.empty()) throw std::runtime_error(file.string() + ": " + bytes.complaint);
  const auto at = bytes.content.find("\nsites {");
  if (at == std::string::npos) throw std::runtime_error(file.string() + " has no sites");
  return bytes.content.substr(at + 1);
}

}  // namespace

std::string cluster_starter(const std::string& name, const std::string& shipped,
                            const fs::path& file, const fs::path& root) {
  const fs::path folder = fs::absolute(root / "scenarios" / "clusters").lexically_normal();
  const fs::path from = folder / (shipped + ".textproto");
  Diagnostics found;
  const auto composed = compose(from, {}, false, found);
  if (!composed) throw std::runtime_error(from.string() + " has errors");
  std::string pools;
  for (const auto& site : composed->scenario.sites()) {
    for (const auto& pool : site.pools()) {
      pools += fmt::format(kPool, fmt::arg("name", pool.name()),
                           fmt::arg("pool", site.name() + "/" + pool.name()));
    }
  }
  // One that patches another has no sites of its own to begin with: it is patched in turn.
  const bool is_patch = !composed->base.empty();
  const fs::path source = is_patch ? from : folder / "operator.textproto";
  const fs::path beside = source.lexically_proximate(fs::absolute(file).parent_path());
  return fmt::format(kHead, fmt::arg("name", name),
                     fmt::arg("source", is_patch ? "base" : "import"),
                     fmt::arg("file", beside.string())) +
         (is_patch ? "" : sites_of(from)) + fmt::format(kFleet, fmt::arg("pools", pools));
}

}  // namespace chokepoint
