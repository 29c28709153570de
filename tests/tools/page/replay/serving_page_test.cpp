#include <catch2/catch.hpp>

#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tests/tools/page/replay/made_replay.hpp"
#include "tools/page/replay/replay_pages.hpp"

namespace chokepoint {
namespace {

TEST_CASE("serving page: clusters stand side by side, each with its colour", "[page][replay]") {
  const made::ReplayFolder one(made::three_requests(), "one"), two(made::three_requests(), "two");
  const StoredReplay first(one.path()), second(two.path());
  const Page page = serving_page({&first, &second});
  CHECK(page.hues == std::vector<std::string>{"one", "two"});
  const PageFigure* ttft = made::figure_named(page.figures, "ttft");
  REQUIRE(ttft != nullptr);
  CHECK(ttft->drawn.size() == 2);
  CHECK(page.headline.find("one") != std::string::npos);
  CHECK(made::figure_named(page.figures, "figures")->data.columns().size() == 3);
  for (const PageFigure& figure : page.figures) {
    CHECK_FALSE(figure.title.empty());
    CHECK_FALSE(figure.caption.empty());
    CHECK_FALSE(figure.data.is_empty());
  }
}

TEST_CASE("serving page: phases of a request add up to its time", "[page][replay]") {
  const made::ReplayFolder folder(made::three_requests());
  const StoredReplay replay(folder.path());
  const Page page = serving_page({&replay});
  const auto& row = made::figure_named(page.figures, "phases")->data.rows().at(0);
  const double sum = std::get<double>(row[1]) + std::get<double>(row[2]) + std::get<double>(row[3]);
  CHECK(sum == Approx(3.0));  // Of 2 and 4 seconds.
}

TEST_CASE("serving page: a log of which nothing was answered has a page", "[page][replay]") {
  auto tables = made::three_requests();
  tables[0].text = "request,arrival_s,outcome\n0,0,refused\n";
  const made::ReplayFolder folder(tables);
  const StoredReplay replay(folder.path());
  const Page page = serving_page({&replay});
  CHECK(page.headline == "No request got its answer");
  CHECK(made::figure_named(page.figures, "ttft") == nullptr);
}

}  // namespace
}  // namespace chokepoint
