#include "tools/size/size_load.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

double mean_prompt(const SizeLoad& load, std::size_t count) {
  const auto source = load.load.at({10});
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += source->next()->prompt;
  return sum / static_cast<double>(count);
}

std::optional<SizeLoad> load_of(const std::string& text, std::int64_t context = 0) {
  const called::Folder folder;
  const auto file = folder.path() / "log.csv";
  std::ofstream(file) << text;
  Diagnostics found;
  RequestLogOptions options;
  options.may_lack_times = true;
  return logged_load(file, options, context, found);
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
  const auto slow = load.load.at({10}), fast = load.load.at({20});
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
  const auto source = load->load.at({1.5});
  std::vector<double> arrivals;
  for (int i = 0; i < 8; ++i) arrivals.push_back(double(source->next()->arrival) * 1e-9);
  CHECK(arrivals[1] == Approx(0.5));
  CHECK(arrivals[2] == Approx(0.5));
  CHECK(arrivals[3] == Approx(2));
  for (std::size_t i = 0; i < 4; ++i) CHECK(arrivals[i + 4] == Approx(arrivals[i] + 4 / 1.5));
}

/// A thousand requests of a burst of ten seconds, and one ninety seconds later.
std::optional<SizeLoad> burst() {
  std::string text = "timestamp,prompt_tokens,output_tokens\n";
  for (int i = 0; i < 1000; ++i)
    text += std::to_string(i * 0.01) + ",100," + std::to_string(i + 1) + "\n";
  return load_of(text + "100,100,10\n");
}

TEST_CASE("size load: a share of a log has fewer requests in as short a burst", "[size]") {
  const auto load = burst();
  REQUIRE(load);
  const auto source = load->load.at({*load->rate, 1, 0.1});
  int in_burst = 0, in_pause = 0;
  for (auto request = source->next(); request->arrival < 100'000'000'000;
       request = source->next()) {
    ++(request->arrival < 11'000'000'000 ? in_burst : in_pause);
  }
  CHECK(in_burst == Approx(100).margin(40));
  CHECK(in_pause <= 1);
}

TEST_CASE("size load: another seed begins elsewhere in a log", "[size]") {
  const auto load = burst();
  REQUIRE(load);
  const auto first = load->load.at({10, 1}), other = load->load.at({10, 2});
  CHECK(first->next()->output == 1);
  CHECK(other->next_arrival() == 0);
  CHECK(other->next()->output != 1);
}

TEST_CASE("size load: a log without times gets Poisson arrivals", "[size]") {
  const auto load = load_of("prompt_tokens,output_tokens\n100,10\n200,20\n");
  REQUIRE(load);
  CHECK_FALSE(load->rate);
  CHECK(load->text.find("has no times") != std::string::npos);
  const auto source = load->load.at({1});
  CHECK(source->next()->arrival > 0);
}

TEST_CASE("size load: no request is longer than the context", "[size]") {
  for (const double spread : {0.0, 0.3, 3.0}) {
    const SizeLoad load = drawn_load(Tokens{900}, Tokens{90}, spread, 1000);
    const auto bounded = load.load.at({10});
    const auto free = drawn_load(Tokens{900}, Tokens{90}, spread).load.at({10});
    for (int i = 0; i < 2000; ++i) {
      const auto request = bounded->next(), drawn = free->next();
      CHECK(request->prompt >= 1);
      CHECK(request->prompt + request->output <= 1000);
      CHECK(request->arrival == drawn->arrival);
      if (drawn->prompt + drawn->output <= 1000) CHECK(request->prompt == drawn->prompt);
    }
    CHECK((load.text.find("the context of 1,000 tokens") != std::string::npos) == (spread > 0));
  }
}

TEST_CASE("size load: requests of a log that are longer are left out, which is said", "[size]") {
  const std::string text =
      "timestamp,prompt_tokens,output_tokens\n0,100,10\n1,2000,20\n2,990,10\n3,991,10\n";
  const auto load = load_of(text, 1000);
  REQUIRE(load);
  CHECK(*load->load.requests == 2);
  CHECK(load->prompt.value == Approx(545));
  CHECK(load->text.find("2 longer than the context of 1,000 tokens") != std::string::npos);
  CHECK(*load_of(text)->load.requests == 4);
  CHECK_FALSE(load_of(text, 50));
}

TEST_CASE("size load: a log of requests years apart is sized for one an hour, which is said",
          "[size]") {
  const auto load = load_of("timestamp,prompt_tokens,output_tokens\n0,100,10\n100000000,200,20\n");
  REQUIRE(load);
  CHECK(*load->rate == kLeastLogRate);
  CHECK(load->text.find("below one request an hour") != std::string::npos);
  const auto source = load->load.at({*load->rate});
  for (int i = 0; i < 4000; ++i) CHECK(source->next()->arrival == Approx(3.6e12 * i));
}

TEST_CASE("size load: what is no log is complained of", "[size]") {
  CHECK_FALSE(load_of("timestamp,size\n1,2\n"));
}

}  // namespace
}  // namespace chokepoint
