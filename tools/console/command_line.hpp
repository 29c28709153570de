#pragma once

#include <string>
#include <vector>

#include "chokepoint/v1/report.pb.h"

namespace chokepoint {

/// What followed the program's name where it was called; empty where the system does not tell.
std::vector<std::string> typed_arguments();

/// A word as a shell reads it back, in quotes.
std::string shell_word(const std::string& word);

/// The call that made a run, as a shell reads it: "chokepoint run history --draws 40". Empty where
/// its record does not say: older versions of the program did not write it.
std::string command_that_made(const v1::RunRecord& record);

}  // namespace chokepoint
