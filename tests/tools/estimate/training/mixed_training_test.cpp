#include "tools/estimate/training/mixed_training.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TrainingQuestion mixed_question() {
  TrainingQuestion question;
  question.model = "Llama-3-8B";
  question.global_batch = 64;
  return question;
}

const std::vector<CountedKind> kTwoKinds = {{"th_ppu_810e", 16}, {"mt_s5000", 16}};

Misunderstanding misunderstood_mix(const TrainingQuestion& question,
                                   const std::vector<CountedKind>& fleet) {
  const auto subject = understand_mixed(question, fleet, shipped_training());
  const auto* wrong = std::get_if<Misunderstanding>(&subject);
  return wrong != nullptr ? *wrong : Misunderstanding{};
}

TEST_CASE("mixed training: the answer names the slower network, who waits and what each does",
          "[estimate][training]") {
  const auto understood = understand_mixed(mixed_question(), kTwoKinds, shipped_training());
  const auto& subject = std::get<MixedSubject>(understood);
  CHECK(subject.devices == std::vector<int>{16, 16});
  const MixedSearch found = search_fleet(subject, shipped_training(), 2);
  REQUIRE(found.mixes.size() == 2);
  const std::string text = mixed_text(subject, found);
  for (const char* said : {"th_ppu_810e alone: tp ", "mt_s5000 alone: tp ",
                           "the slower: ", "waits for ", "left idle", "The best mix"}) {
    INFO(said);
    CHECK(text.find(said) != std::string::npos);
  }
  const std::string json = mixed_json(subject, found).text();
  CHECK(json.find("\"schema\": \"chokepoint.estimate.training.mix/1\"") != std::string::npos);
}

TEST_CASE("mixed training: a format that a kind has not is said with the kind",
          "[estimate][training]") {
  TrainingQuestion question = mixed_question();
  question.precision = "fp8";
  const Misunderstanding wrong = misunderstood_mix(question, kTwoKinds);
  CHECK(wrong.message.find("th_ppu_810e has no arithmetic for fp8") == 0);
  CHECK(wrong.help == "formats of all kinds: bf16");
  question.precision = "fp12";
  CHECK(misunderstood_mix(question, kTwoKinds).message == "no format 'fp12'");
}

TEST_CASE("mixed training: what no kind can be asked is refused", "[estimate][training]") {
  CHECK(misunderstood_mix(mixed_question(), {{"th_ppu_810", 16}, {"mt_s5000", 16}}).help ==
        "did you mean 'th_ppu_810e'?");
  TrainingQuestion question = mixed_question();
  question.stack_version = "mcore08";
  CHECK(misunderstood_mix(question, kTwoKinds).help.find("newest") != std::string::npos);
}

TEST_CASE("mixed training: entries of one device are one kind", "[estimate][training]") {
  const auto understood = understand_mixed(
      mixed_question(), std::vector<CountedKind>{{"mt_s5000", 16, "a"}, {"mt_s5000", 8, "b"}},
      shipped_training());
  CHECK(std::get<MixedSubject>(understood).devices == std::vector<int>{24});
}

}  // namespace
}  // namespace chokepoint
