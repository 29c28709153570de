#include "tools/size/size_load.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

double mean_prompt(const SizeLoad& load, std::size_t count) {
  const auto source = load.load.at(10, 1);
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += source->next()->prompt;
  return sum / static_cast<double>(count);
}

std::optional<SizeLoad> load_of(const std::string& text) {
  const called::Folder folder;
  const auto file = folder.path() / "log.csv";
  std::ofstream(file) << text;
  Diagnostics found;
  RequestLogOptions options;
  options.may_lack_times = true;
  return logged_load(file, options, found);
}

TEST_CASE("size load: drawn lengths have the mean that is asked for", "[size]") {
  for (const double spread : {0.0, 0.3, 1.0}) {
    const SizeLoad load = drawn_load(Tokens{4000}, Tokens{500}, spread);
    CHECK(mean_prompt(load, 20'000) == Approx(4000).epsilon(0.03));
    CHECK_FALSE(load.rate);
  }
}

TEST_CASE("size load: a rate twice as high sends the same requests in half the time", "[size]") {
  const SizeLoad load = drawn_load(Tokens{4000}, Tokens{500}, 0.3);
  const auto slow = load.load.at(10, 1), fast = load.load.at(20, 1);
  for (int i = 0; i < 100; ++i) {
    const auto a = slow->next(), b = fast->next();
    CHECK(a->prompt == b->prompt);
    CHECK(double(a->arrival) == Approx(2.0 * double(b->arrival)).margin(2));
  }
}

TEST_CASE("size load: a log keeps its lengths and bursts at any rate", "[size]") {
  const auto load =
      load_of("timestamp,prompt_tokens,output_tokens\n0,100,10\n1,200,20\n1,300,30\n4,400,40\n");
  REQUIRE(load);
  CHECK(load->prompt.value == Approx(250));
  CHECK(load->output.value == Approx(25));
  CHECK(*load->rate == Approx(0.75));
  CHECK(*load->load.requests == 4);
  const auto source = load->load.at(1.5, 1);
  std::vector<double> arrivals;
  while (const auto request = source->next()) arrivals.push_back(double(request->arrival) * 1e-9);
  REQUIRE(arrivals.size() == 4);
  CHECK(arrivals[1] == Approx(0.5));
  CHECK(arrivals[2] == Approx(0.5));
  CHECK(arrivals[3] == Approx(2));
}

TEST_CASE("size load: a log without times gets Poisson arrivals", "[size]") {
  const auto load = load_of("prompt_tokens,output_tokens\n100,10\n200,20\n");
  REQUIRE(load);
  CHECK_FALSE(load->rate);
  CHECK(load->text.find("has no times") != std::string::npos);
  const auto source = load->load.at(1, 1);
  CHECK(source->next()->arrival > 0);
}

TEST_CASE("size load: what is no log is complained of", "[size]") {
  CHECK_FALSE(load_of("timestamp,size\n1,2\n"));
}

}  // namespace
}  // namespace chokepoint
