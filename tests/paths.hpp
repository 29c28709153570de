#pragma once

#include <string>

namespace chokepoint {

/// The project's folder. Told by one generated source alone, so that what is compiled of the others
/// is the same in every clone.
std::string source_dir();

/// The program under test.
std::string program_path();

}  // namespace chokepoint
