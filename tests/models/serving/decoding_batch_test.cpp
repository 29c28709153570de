#include "models/serving/decoding_batch.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

Sequence sequence_of(std::uint32_t prompt, std::uint32_t output, Subtokens rate) {
  Sequence made;
  made.job.request.prompt = prompt;
  made.job.request.output = made.job.output = output;
  made.context = Subtokens{prompt} * kSubtokens;
  made.generated = kSubtokens;
  made.rate = rate;
  return made;
}

std::vector<Sequence> any_sequences() {
  std::vector<Sequence> made;
  for (int i = *rc::gen::inRange(1, 20); i > 0; --i) {
    made.push_back(sequence_of(*rc::gen::inRange(1u, 300u), *rc::gen::inRange(2u, 100u),
                               *rc::gen::inRange(kSubtokens, 3 * kSubtokens)));
    made.back().order = i;
  }
  return made;
}

TEST_CASE("decoding batch: sums are those of its members, however it steps",
          "[serving][decoding_batch]") {
  CHECK(rc::check([] {
    std::vector<Sequence> all = any_sequences();
    DecodingBatch batch(all, {16, 1});
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      batch.add(all[i], i);
      batch.advance(*rc::gen::inRange(0, 3));
    }
    while (!batch.is_empty()) {
      Subtokens cached = 0;
      std::int64_t blocks = 0;
      for (const auto at : batch.members()) {
        const Subtokens context = all[at].context_at(batch.step());
        cached += context;
        blocks += ceiling(context, 16 * kSubtokens) + 1;
      }
      RC_ASSERT(batch.cached() == cached);
      RC_ASSERT(batch.blocks_after(0) == blocks);
      RC_ASSERT(batch.fits(0, blocks));
      RC_ASSERT(!batch.fits(0, blocks - 1));
      std::uint32_t at = 0;
      while (batch.pop_ended(at)) batch.remove(all[at]);
      if (!batch.is_empty())
        batch.advance(*rc::gen::inRange<std::int64_t>(1, batch.steps_to_end() + 1));
    }
    RC_ASSERT(batch.cached() == 0);
    RC_ASSERT(batch.growth() == 0);
    RC_ASSERT(batch.blocks_after(0) == 0);
  }));
}

TEST_CASE("decoding batch: the steps that fit are the most that do", "[serving][decoding_batch]") {
  CHECK(rc::check([] {
    std::vector<Sequence> all = any_sequences();
    DecodingBatch batch(all, {16, 0});
    for (std::uint32_t i = 0; i < all.size(); ++i) batch.add(all[i], i);
    const std::int64_t room = batch.blocks_after(1) + *rc::gen::inRange(0, 40);
    const std::int64_t most = *rc::gen::inRange(1, 200);
    const std::int64_t found = batch.steps_that_fit(most, room);
    RC_ASSERT(batch.blocks_after(found) <= room);
    RC_ASSERT((found == most || batch.blocks_after(found + 1) > room));
  }));
}

TEST_CASE("decoding batch: a sequence ends at the step that has all of its tokens",
          "[serving][decoding_batch]") {
  std::vector<Sequence> all = {sequence_of(10, 11, kSubtokens),
                               sequence_of(10, 11, 5 * kSubtokens / 2)};
  DecodingBatch batch(all, {16, 0});
  batch.add(all[0], 0);
  batch.add(all[1], 1);
  CHECK(batch.steps_to_end() == 4);  // Ten more tokens, two and a half at a time.
  batch.advance(4);
  std::uint32_t at = 0;
  REQUIRE(batch.pop_ended(at));
  CHECK(at == 1);
  batch.remove(all[at]);
  CHECK(batch.steps_to_end() == 6);
  CHECK_FALSE(batch.pop_ended(at));
}

}  // namespace
}  // namespace chokepoint
