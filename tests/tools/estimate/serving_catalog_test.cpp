#include "tools/estimate/serving_catalog.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/tools/called_program.hpp"
#include "tests/tools/estimate/shipped_serving.hpp"

namespace chokepoint {
namespace {

TEST_CASE("serving catalog: every stack has one engine, with errors that were measured",
          "[estimate]") {
  const World& world = shipped_serving();
  for (std::uint32_t s = 0; s < world.stacks.size(); ++s) {
    INFO(world.stacks[s].name);
    CHECK(engine_for(world.serving_engines, StackId{s}).experiments > 0);
  }
  CHECK(world.serving_errors.size() > 20);
}

// A version that has everything has no rule; kinds of devices have a fallback each.
TEST_CASE("serving catalog: less than native kernels cost on every kind of device", "[estimate]") {
  const World& world = shipped_serving();
  for (const auto& version : world.stack_versions) {
    INFO(version.name);
    const KernelSupport deployed =
        kernel_support(version, ModelFamily::Dense, false, DeviceKind::Gpu, world.fallbacks);
    CHECK(deployed[Kernel::DenseGemm].coverage == 1);
  }
  for (std::size_t kind = 0; kind < kDeviceKinds; ++kind) {
    const auto support = kernel_support({}, ModelFamily::Dense, true, static_cast<DeviceKind>(kind),
                                        world.fallbacks);
    const Fallback& vector = support[Kernel::Vector].fallback;
    CHECK((vector.host.has_value() || vector.rate_share.value < 1));
  }
}

TEST_CASE("serving catalog: an overlay changes what it names and nothing else", "[estimate]") {
  const called::Folder folder;
  const auto file = folder.path() / "mine.textproto";
  std::ofstream(file)
      << "serving_engines { name: \"vllm\" coefficients { name: \"host_us\" figure { "
         "value: 999 source: \"fit_serving\" confidence: ESTIMATED } } }";
  std::ostringstream complaints;
  const auto world = load_serving_catalog(source_dir(), file.string(), complaints);
  INFO(complaints.str());
  REQUIRE(world);
  const auto changed = [](const World& in) {
    for (const auto& engine : in.serving_engines) {
      if (engine.name == "vllm") return engine.coefficients;
    }
    return Coefficients{};
  };
  CHECK(changed(*world).host_us == 999);
  CHECK(changed(*world).link == changed(shipped_serving()).link);
}

TEST_CASE("serving catalog: an overlay with errors is told where they stand", "[estimate]") {
  const called::Folder folder;
  const auto file = folder.path() / "mine.textproto";
  std::ofstream(file) << "serving_engines { name: \"vllm\" coeficients {} }";
  std::ostringstream complaints;
  CHECK_FALSE(load_serving_catalog(source_dir(), file.string(), complaints));
  CHECK(complaints.str().find("mine.textproto:1:") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
