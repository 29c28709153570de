#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Groups of countries; before anything that lists countries.
void read_country_groups(Reading& reading);

/// Rules, exceptions, quotas, events and sales at home; who succeeds whom and who owns whom is
/// worked out. Needs devices, orgs and items.
void read_policy(Reading& reading);

}  // namespace chokepoint
