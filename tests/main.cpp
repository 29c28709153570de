// Catch2's main takes twenty seconds to compile: it has a file of its own.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
