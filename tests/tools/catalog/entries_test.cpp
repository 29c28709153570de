#include "tools/catalog/entries.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_catalog.hpp"

namespace chokepoint {
namespace {

TEST_CASE("catalog entries: a kind is called in the singular or the plural", "[catalog]") {
  CHECK(catalog_kind("device") == "devices");
  CHECK(catalog_kind("devices") == "devices");
  CHECK(catalog_kind("source") == "sources");
  CHECK_FALSE(catalog_kind("rules"));
  CHECK_FALSE(catalog_kind(""));
}

TEST_CASE("catalog entries: names come in the order of the files", "[catalog]") {
  const Catalog catalog = small_catalog();
  CHECK(entry_names(catalog, "devices") == std::vector<std::string>{"west_gpu", "east_npu"});
  CHECK(entry(catalog, "orgs", "lab").GetDescriptor()->name() == "Org");
}

TEST_CASE("catalog entries: everything that rests on a source is visited once", "[catalog]") {
  const Catalog catalog = small_catalog();
  std::vector<std::string> paths;
  visit_sourced(catalog.written.stacks(0), [&](const google::protobuf::Message&,
                                               const std::string& path) { paths.push_back(path); });
  CHECK(paths == std::vector<std::string>{"cuda_compatibility", "attained[gemm].fraction"});
}

TEST_CASE("catalog entries: values are counted by source, alternatives left out", "[catalog]") {
  chokepoint::v1::Scenario written;
  auto* tdp = written.add_devices()->mutable_tdp_w();
  tdp->set_source("a");
  tdp->add_alternatives()->set_source("b");
  written.add_transformers()->set_source("a");
  const auto counts = values_by_source(written);
  CHECK(counts.at("a") == 2);
  CHECK(counts.count("b") == 0);
}

}  // namespace
}  // namespace chokepoint
