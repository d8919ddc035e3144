import NIOCore
import NIOPosix
import NIOHTTP1
import Yams
import Logging
