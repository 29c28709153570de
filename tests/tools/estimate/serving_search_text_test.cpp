#include "tools/estimate/serving_search_text.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/shipped_serving.hpp"

namespace chokepoint {
namespace {

TEST_CASE("serving search text: the first has no reason, each other one has", "[estimate]") {
  ServingQuestion question;
  question.model = "Qwen3-32B";
  question.device = "nv_h20_96";
  question.precision = "bf16";
  const auto subject = std::get<ServingSubject>(understand(question, shipped_serving()));
  const Precision formats[] = {subject.plan.precision};
  const auto plans = search_serving(subject.task, 8, {std::nullopt, Seconds{0.04}}, formats);
  const Table table = search_table(subject, plans, 5);
  REQUIRE(table.rows().size() == 5);
  for (std::size_t i = 0; i < table.rows().size(); ++i) {
    const auto& why = std::get<std::string>(table.rows()[i].back());
    CHECK(why.empty() == (i == 0));
  }
}

}  // namespace
}  // namespace chokepoint
