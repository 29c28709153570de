#include "tools/size/size_answer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>

#include "tests/day.hpp"
#include "tests/tools/size/sized_answers.hpp"
#include "tools/size/size_text.hpp"

namespace chokepoint {
namespace {

TEST_CASE("size: kinds are ranked by what they cost a month, whatever their order", "[size]") {
  const auto& world = shipped_serving();
  SizeQuestion question = small_question({"nv_h20_96", "hw_ascend_910b2", "nv_h200"});
  const auto kinds = small_answer(question);
  REQUIRE(kinds.size() == 3);
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    CHECK(kinds[i - 1].cost.per_month->value <= kinds[i].cost.per_month->value);
  }
  std::ranges::reverse(question.devices);
  CHECK(size_text(question, small_answer(question), world) == size_text(question, kinds, world));
}

TEST_CASE("size: workers change nothing", "[size]") {
  const auto& world = shipped_serving();
  const SizeQuestion question = small_question();
  CHECK(size_json(question, small_answer(question, 1), world).text() ==
        size_json(question, small_answer(question, 3), world).text());
}

TEST_CASE("size: what fails in a worker fails the answer", "[size]") {
  SizeQuestion question = small_question({"nv_h20_96", "hw_ascend_910b2", "nv_h200"});
  question.load.load.at = [](const LoadDraw&) -> std::unique_ptr<RequestSource> {
    throw std::runtime_error("no requests");
  };
  for (const unsigned workers : {1U, 3U}) {
    CHECK_THROWS_WITH(small_answer(question, workers), "no requests");
  }
}

TEST_CASE("size: a lower price never makes a fleet dearer, nor another size", "[size]") {
  SizeQuestion question = small_question({"nv_h20_96"});
  double before = 1e12;
  std::int64_t devices = 0;
  for (const double price : {40'000.0, 10'000.0, 1'000.0}) {
    question.of.device_price_usd = price;
    const auto kinds = small_answer(question);
    REQUIRE(kinds.front().fleet() != nullptr);
    CHECK(kinds.front().cost.per_month->value < before);
    before = kinds.front().cost.per_month->value;
    if (devices > 0) CHECK(kinds.front().fleet()->devices() == devices);
    devices = kinds.front().fleet()->devices();
  }
}

TEST_CASE("size: of several servers of a kind the one with the cheapest fleet counts", "[size]") {
  SizeQuestion question = small_question({"hw_ascend_910c"});
  const double best = small_answer(question).front().cost.per_month->value;
  for (const char* node : {"atlas_800t_a3", "cloudmatrix384"}) {
    question.of.node = node;
    CHECK(small_answer(question).front().cost.per_month->value >= best);
  }
}

TEST_CASE("size: every default kind can be estimated, and none is there twice", "[size]") {
  const auto& world = shipped_serving();
  const auto names = default_kinds(world);
  CHECK(names.size() > 15);
  SizeQuestion question = small_question({});
  CHECK_FALSE(complaint_of(question, world));
  for (const std::string& name : names) {
    CHECK(std::ranges::count(names, name) == 1);
    CHECK(std::holds_alternative<ServingSubject>(subject_of(question, name, world)));
  }
}

TEST_CASE("size: all kinds have those without a price, and no parts of others", "[size]") {
  const auto& world = shipped_serving();
  const auto all = all_kinds(world);
  for (const std::string& name : default_kinds(world)) {
    CHECK(std::ranges::find(all, name) != all.end());
  }
  const auto has_no_price = [&](const std::string& name) {
    return !std::ranges::find(world.devices, name, &DeviceSpec::name)->price;
  };
  CHECK(std::ranges::any_of(all, has_no_price));
  for (const DeviceSpec& device : world.devices) {
    if (!device.counted_as) continue;
    CHECK(std::ranges::find(all, world.devices[device.counted_as->value].name) == all.end());
  }
}

TEST_CASE("size: what is not sold on the day of buying is left out, with its date", "[size]") {
  SizeQuestion question = small_question({"nv_h20_96", "hw_ascend_960"});
  const auto& world = shipped_serving();
  const auto left_out = [&](const char* day_of_buying) {
    std::vector<std::string> names;
    question.on = day(day_of_buying);
    for (const SizedKind& kind : small_answer(question)) {
      if (kind.left_out.empty()) continue;
      CHECK(kind.left_out == "not sold before " + format_date(*kind.sold_from));
      CHECK(*question.on < *kind.sold_from);
      names.push_back(kind.device);
    }
    return names;
  };
  CHECK(left_out("2023-12-31") == std::vector<std::string>{"nv_h20_96", "hw_ascend_960"});
  CHECK(left_out("2024-01-01") == std::vector<std::string>{"hw_ascend_960"});
  CHECK(size_text(question, small_answer(question), world).find("First sold") == std::string::npos);
  question.on.reset();
  const std::string text = size_text(question, small_answer(question), world);
  CHECK(text.find("First sold") != std::string::npos);
  CHECK(text.find("nv_h20_96 2024Q1") != std::string::npos);
}

TEST_CASE("size: a kind is named once", "[size]") {
  const auto wrong =
      complaint_of(small_question({"nv_h200", "nv_h20_96", "nv_h200"}), shipped_serving());
  REQUIRE(wrong);
  CHECK(wrong->message == "device 'nv_h200' is there twice");
}

TEST_CASE("size: an unknown name is complained of, with the nearest", "[size]") {
  const auto& world = shipped_serving();
  SizeQuestion question = small_question({"nv_h20_96", "nv_h2000"});
  const auto device = complaint_of(question, world);
  REQUIRE(device);
  CHECK(device->message == "no device 'nv_h2000' in the catalogue");
  CHECK(device->help.starts_with("did you mean"));
  question = small_question({});
  question.of.model = "Qwen3-9B";
  CHECK(complaint_of(question, world)->message == "no model 'Qwen3-9B' in the catalogue");
}

}  // namespace
}  // namespace chokepoint
