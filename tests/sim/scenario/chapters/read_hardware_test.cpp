#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_hardware: figures become quantities", "[scenario][read]") {
  const World world = small_world();
  const DeviceSpec& gpu = world.devices[0];
  CHECK(gpu.peaks.bf16 == 1000_TFLOPS);
  CHECK(gpu.peaks.fp8 == 2000_TFLOPS);
  CHECK_FALSE(gpu.peaks.int8);
  CHECK(gpu.memory == 100_GiB);
  CHECK(gpu.io_bandwidth == 900_GBps);
  CHECK(gpu.tdp == Watts{700.0});
  CHECK(gpu.price == Usd{12'000.0});
  CHECK(gpu.designed_for_datacenter);
  CHECK(world.orgs[gpu.vendor.value].name == "west");
  CHECK(world.devices[1].kind == DeviceKind::Npu);
  CHECK_FALSE(world.devices[1].die_area_mm2);
}

TEST_CASE("read_hardware: the process node is a figure of the datasheet", "[scenario][read]") {
  const auto node = [](const std::string& fields) {
    const auto result = read_text(small_but("  die_area_mm2", fields + "  die_area_mm2"));
    REQUIRE(result.world);
    return result.world->devices[0].process_node_nm;
  };
  CHECK(node("process_node_nm { value: 7 source: \"guess\" confidence: MEMORY }\n") == 7.0);
  CHECK_FALSE(node("process_node { text: \"5nm\" source: \"guess\" confidence: MEMORY }\n"));
  CHECK(only_error(small_but("  die_area_mm2",
                             "process_node_nm { value: 0 source: \"guess\" confidence: MEMORY }\n"
                             "  die_area_mm2")) == "process_node_nm is 0, must be positive | ");
}

TEST_CASE("read_hardware: cores with matrix units are known or not", "[scenario][read]") {
  const auto cores = [](const std::string& count) {
    return "matrix_cores { value: " + count + " source: \"guess\" confidence: MEMORY }\n" +
           "  die_area_mm2";
  };
  const auto result = read_text(small_but("  die_area_mm2", cores("132")));
  REQUIRE(result.world);
  CHECK(result.world->devices[0].matrix_cores == 132.0);
  CHECK_FALSE(result.world->devices[1].matrix_cores);
  CHECK_THAT(only_error(small_but("  die_area_mm2", cores("0.5"))),
             Catch::Contains("matrix_cores"));
}

TEST_CASE("read_hardware: the memory technology says of what kind memory is", "[scenario][read]") {
  const auto with = [](const std::string& type) {
    return small_but("  die_area_mm2", "memory_type { text: \"" + type +
                                           "\" source: \"guess\" confidence: MEMORY }\n"
                                           "  die_area_mm2");
  };
  const auto kind = [&](const std::string& type) {
    const auto result = read_text(with(type));
    REQUIRE(result.world);
    return result.world->devices[0].memory_kind;
  };
  CHECK(kind("HBM2e/HBM3") == MemoryKind::Hbm);
  CHECK(kind("GDDR6X") == MemoryKind::Gddr);
  CHECK(kind("LPDDR4X") == MemoryKind::Lpddr);
  CHECK(kind("none (192MB SRAM)") == MemoryKind::OnDie);
  CHECK_FALSE(small_world().devices[0].memory_kind);
  CHECK(only_error(with("HMB3")) ==
        "memory_type 'HMB3' is of no kind that rules know | begin it with HBM, GDDR, LPDDR, or "
        "none where all memory is on the dies");
}

TEST_CASE("read_hardware: the 8-bit peak that counts names its input", "[scenario][read]") {
  const std::string int8 = "peak_int8_tops { value: 2500 source: \"guess\" confidence: MEMORY }";
  const auto result = read_text(small_but("  die_area_mm2", "  " + int8 + "\n  die_area_mm2"));
  REQUIRE(result.world);
  const World& world = *result.world;
  CHECK(world.inputs[world.devices[0].int8_input->value].path ==
        "devices[west_gpu].peak_int8_tops");
  CHECK(small_world().inputs[small_world().devices[0].int8_input->value].path ==
        "devices[west_gpu].peak_fp8_tflops");
}

// 8 devices of 400 W, times 1.5: 4.8 kW.
TEST_CASE("read_hardware: a node without power has that of its devices", "[scenario][read]") {
  const World world = small_world();
  CHECK(world.nodes[0].full_power.value == Watts{10'000.0});
  CHECK(world.nodes[1].full_power.value.value == Approx(4'800.0));
  CHECK(world.nodes[1].full_power.input == world.devices[1].tdp_input);
}

TEST_CASE("read_hardware: a node has its share of a unit's power", "[scenario][read]") {
  const std::string sourced = " source: \"guess\" confidence: ESTIMATED }";
  const auto result = read_text(
      small_but("node_power_kw { value: 10 source: \"sheet\" "
                "confidence: OFFICIAL }",
                "unit_power_kw { value: 600" + sourced + " nodes_per_unit { value: 48" + sourced));
  REQUIRE(result.world);
  CHECK(result.world->nodes[0].full_power.value.value == Approx(12'500.0));
}

TEST_CASE("read_hardware: a node without links has those of its device", "[scenario][read]") {
  const std::string sourced = " source: \"sheet\" confidence: OFFICIAL }";
  const World world =
      world_of(small_but("tdp_w { value: 700", "scaleup_domain_size { value: 72" + sourced +
                                                   "\n  scaleout_gbit_s { value: 800" + sourced +
                                                   "\n  tdp_w { value: 700"));
  CHECK(world.devices[0].scaleup_domain->value == 72);
  CHECK(world.devices[0].scaleout->value == 100_GBps);
  CHECK(world.inputs[world.devices[0].io_bandwidth_input->value].path ==
        "devices[west_gpu].scaleup_bidirectional_gb_s");
  const Links& links = world.nodes[0].links;
  CHECK(links.scaleup->value == 450_GBps);  // One of two directions.
  CHECK(links.scaleup->input == world.devices[0].io_bandwidth_input);
  CHECK(links.domain->value == 72);
  CHECK(links.scaleout->value == 100_GBps);
  CHECK_FALSE(links.shape);
  CHECK_FALSE(world.nodes[1].links.domain);
  CHECK_FALSE(world.nodes[0].measured_allreduce);
}

TEST_CASE("read_hardware: what a node says of its links goes first", "[scenario][read]") {
  const std::string sourced = " source: \"sheet\" confidence: OFFICIAL }\n  ";
  const World world = world_of(small_but(
      "  node_power_kw",
      "  scaleup_bidirectional_gb_s { value: 400" + sourced + "scaleup_domain_size { value: 8" +
          sourced + "scaleout_gbit_s { value: 200" + sourced +
          "measured_allreduce_gb_s { value: 89" + sourced + "measured_internode_gb_s { value: 45" +
          sourced + "scaleup_shape: FULL_MESH\n  node_power_kw"));
  const NodeSpec& node = world.nodes[0];
  const auto path_of = [&](const auto& figure) { return world.inputs[figure->input->value].path; };
  CHECK(node.links.scaleup->value == 200_GBps);
  CHECK(path_of(node.links.scaleup) == "nodes[west_node].scaleup_bidirectional_gb_s");
  CHECK(node.links.domain->value == 8);
  CHECK(path_of(node.links.domain) == "nodes[west_node].scaleup_domain_size");
  CHECK(node.links.scaleout->value == 25_GBps);
  CHECK(node.links.shape == ScaleupShape::FullMesh);
  CHECK(node.measured_allreduce->value == 89_GBps);
  CHECK(path_of(node.measured_allreduce) == "nodes[west_node].measured_allreduce_gb_s");
  CHECK(node.measured_internode->value == 45_GBps);
}

TEST_CASE("read_hardware: absurd figures are refused with their unit", "[scenario][read]") {
  const auto with = [](const std::string& written, const std::string& value) {
    const auto field = written.substr(0, written.find(' '));
    return only_error(small_but(written, field + " { value: " + value));
  };
  CHECK(with("peak_bf16_tflops { value: 1000", "-320") ==
        "peak_bf16_tflops is -320, must be positive | ");
  CHECK(with("peak_bf16_tflops { value: 1000", "1e15") ==
        "peak_bf16_tflops is 1e+15, not believable above 1000000 | 1 stands for 1e12 operations "
        "per second; is the number in another unit?");
  CHECK(with("memory_gib { value: 100", "2e5") ==
        "memory_gib is 200000, not believable above 100000 | 1 stands for 2^30 bytes; is the "
        "number in another unit?");
  CHECK(with("price_usd { value: 12000 low: 10000 high: 14000", "2e8") ==
        "price_usd is 200000000, not believable above 100000000 | 1 stands for a US dollar; is the "
        "number in another unit?");
  CHECK(with("tdp_w { value: 700", "2e6").find("tdp_w is 2000000, not believable") == 0);
  CHECK(with("peak_fp8_tflops { value: 2000", "nan") ==
        "peak_fp8_tflops is nan, must be a finite number | ");
}

TEST_CASE("read_hardware: a reference that leads nowhere is explained", "[scenario][read]") {
  CHECK(only_error(small_but("  vendor: \"west\"\n  kind", "  vendor: \"wesst\"\n  kind")) ==
        "no org 'wesst' in the scenario | did you mean 'west'?");
  CHECK(only_error(small_but("stack: \"west_stack\"", "stack: \"west_stak\"")) ==
        "no stack 'west_stak' in the scenario | did you mean 'west_stack'?");
}

TEST_CASE("read_hardware: packages per node are counted", "[scenario][read]") {
  CHECK(only_error(small_but("devices_per_node { value: 8 ", "devices_per_node { value: 8.5 ")) ==
        "devices_per_node is 8.5, must be a whole number | ");
}

}  // namespace
}  // namespace chokepoint
