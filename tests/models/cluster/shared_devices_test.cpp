#include "models/cluster/shared_devices.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

namespace chokepoint {
namespace {

TEST_CASE("law: no device is shared beyond all of it, and all parts are given back",
          "[cluster][law]") {
  CHECK(rc::check([] {
    SharedDevices shared;
    struct Held {
      int device, part;
    };
    std::map<std::uint32_t, Held> held;
    for (std::uint32_t step = 0; step < 80; ++step) {
      if (held.empty() || *rc::gen::inRange(0, 3) > 0) {
        const int part = *rc::gen::inRange(1, kWholeDevice);
        const auto found = shared.fullest(part, [](int) { return true; });
        RC_ASSERT(found.has_value() == shared.has_room(part));
        const int device = found ? *found : shared.open(static_cast<int>(step));
        shared.join(device, step, part, step);
        held[step] = {device, part};
      } else {
        const auto one = *rc::gen::elementOf(held);
        const bool is_last = shared.leave(one.second.device, one.first);
        held.erase(one.first);
        RC_ASSERT(is_last == !shared.is_shared(one.second.device));
      }
      std::map<int, int> used;
      for (const auto& [job, of] : held) used[of.device] += of.part;
      int free = 0;
      for (const auto& [device, parts] : used) {
        RC_ASSERT(parts <= kWholeDevice && shared.room(device) == kWholeDevice - parts);
        free += kWholeDevice - parts;
      }
      RC_ASSERT(shared.count() == static_cast<int>(used.size()) && shared.free() == free);
    }
  }));
}

TEST_CASE("shared devices: a part goes where it leaves least, and the last to end is known",
          "[cluster]") {
  SharedDevices shared;
  shared.join(shared.open(3), 0, 300, 10);
  shared.join(shared.open(4), 1, 600, 50);
  const auto any = [](int) { return true; };
  CHECK(shared.fullest(400, any) == 1);
  CHECK(shared.fullest(401, any) == 0);
  CHECK_FALSE(shared.fullest(701, any));
  CHECK(shared.fullest(100, [](int device) { return device != 1; }) == 0);
  shared.join(0, 2, 500, 40);
  CHECK(shared.ends(0) == 40);
  CHECK_FALSE(shared.leave(0, 2));
  CHECK(shared.ends(0) == 10);
  CHECK(shared.node(1) == 4);
}

}  // namespace
}  // namespace chokepoint
